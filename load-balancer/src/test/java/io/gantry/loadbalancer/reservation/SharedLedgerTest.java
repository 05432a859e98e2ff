package io.gantry.loadbalancer.reservation;

import static io.gantry.loadbalancer.Fixtures.START;
import static io.gantry.loadbalancer.Fixtures.instance;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.release;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.NodeId;
import io.gantry.loadbalancer.LoadBalancerApplication;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two load balancers on one database. */
@LoadBalancerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedLedgerTest {
    @Autowired
    Neighbours neighbours;

    @Autowired
    Placements here;

    @Autowired
    Environment environment;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SettableClock clock;

    @Autowired
    TransactionTemplate transaction;

    private ConfigurableApplicationContext other;
    private Placements there;

    @BeforeAll
    void startTheOther() {
        other = LoadBalancerApplication.builder()
                .initializers(context -> context.getBeanFactory().registerSingleton("settableClock", clock))
                .run(arguments());
        there = other.getBean(Placements.class);
    }

    /** The same neighbours, but a port of its own. */
    private String[] arguments() {
        Stream<String> shared = Stream.of(
                        "spring.datasource.url",
                        "spring.datasource.username",
                        "spring.datasource.password",
                        "spring.kafka.bootstrap-servers",
                        "gantry.messaging.partitions")
                .map(name -> "--" + name + "=" + environment.getRequiredProperty(name));
        return Stream.concat(Stream.of("--server.port=0"), shared).toArray(String[]::new);
    }

    @BeforeEach
    void startOver() {
        clock.set(START);
        neighbours.startOver();
    }

    @AfterAll
    void stopTheOther() {
        other.close();
    }

    @Test
    void they_fill_a_node_together_and_never_overcommit_it() {
        here.changed(new NodeId("a"), node("a", 20, 65536));
        here.changed(new NodeId("b"), node("b", 20, 65536));
        List<CompletableFuture<Void>> askings;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            askings = IntStream.range(0, 100)
                    .mapToObj(number -> CompletableFuture.runAsync(
                            () -> (number % 2 == 0 ? here : there).place(place(number)), threads))
                    .toList();
        }
        assertThat(askings).allSatisfy(asking -> assertThat(asking).succeedsWithin(1, SECONDS));
        assertThat(held("a")).isEqualTo(40);
        assertThat(held("b")).isEqualTo(40);
        assertThat(jdbc.sql("select count(*) from waiting").query(Long.class).single())
                .isEqualTo(20);
    }

    @Test
    void what_one_reserves_or_frees_the_other_knows() {
        here.changed(new NodeId("a"), node("a", 0.5, 1024));
        here.place(place(1));
        there.place(place(2));
        assertThat(stateOf(2)).isEqualTo("none");
        there.release(release(1));
        assertThat(stateOf(2)).isEqualTo("RESERVED");
        here.place(place(3));
        assertThat(stateOf(3)).isEqualTo("none");
    }

    @Test
    void the_same_asking_heard_by_both_reserves_once() {
        here.changed(new NodeId("a"), node("a", 4, 4096));
        here.place(place(1));
        there.place(place(1));
        assertThat(held("a")).isOne();
    }

    @Test
    void what_is_rolled_back_was_never_reserved() {
        here.changed(new NodeId("a"), node("a", 0.5, 1024));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    here.place(place(1));
                    throw new IllegalStateException("something else failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        here.place(place(2));
        assertThat(stateOf(2)).isEqualTo("RESERVED");
    }

    private long held(String node) {
        return jdbc.sql("select count(*) from reservation where node = ? and state = 'RESERVED'")
                .param(node)
                .query(Long.class)
                .single();
    }

    private String stateOf(int instance) {
        return jdbc.sql("select state from reservation where instance = ?")
                .param(instance(instance).value())
                .query(String.class)
                .optional()
                .orElse("none");
    }
}
