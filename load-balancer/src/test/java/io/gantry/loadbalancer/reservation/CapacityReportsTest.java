package io.gantry.loadbalancer.reservation;

import static io.gantry.loadbalancer.Fixtures.SHOP;
import static io.gantry.loadbalancer.Fixtures.START;
import static io.gantry.loadbalancer.Fixtures.WEB;
import static io.gantry.loadbalancer.Fixtures.companion;
import static io.gantry.loadbalancer.Fixtures.cordoned;
import static io.gantry.loadbalancer.Fixtures.instance;
import static io.gantry.loadbalancer.Fixtures.labelled;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.running;
import static io.gantry.loadbalancer.Fixtures.token;
import static io.gantry.loadbalancer.Fixtures.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Placement;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.PoolNode;
import io.gantry.contract.placement.CapacityReport.Shortage;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.registry.Node;
import io.gantry.contract.topic.Topics;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What the lifecycle-manager is told of what is short. */
@LoadBalancerTest
class CapacityReportsTest {
    private static final NodeId BURST = new NodeId("burst-1");
    private static final ServiceName STORE = new ServiceName("store");
    private static final ServiceName SEARCH = new ServiceName("search");

    @Autowired
    Neighbours neighbours;

    @Autowired
    CapacityReports reports;

    @Autowired
    Placements placements;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @BeforeEach
    void startOver() {
        clock.set(START);
        neighbours.startOver();
        reports.tell();
        jdbc.sql("delete from outbox where topic = ?").param(Topics.CAPACITY).update();
    }

    private static Node ofPool(double cpus, int mebibytes) {
        return labelled(node("burst-1", cpus, mebibytes), Map.of(CapacityReport.POOL, "burst"));
    }

    @Test
    void where_nothing_waits_and_no_pool_is_nothing_is_told() {
        neighbours.have(node("a", 1, 1024));
        reports.tell();
        neighbours.say(place(1));
        await().until(() -> !neighbours.repliesTo(token(1)).isEmpty());
        reports.tell();
        assertThat(allTold()).isEmpty();
    }

    @Test
    void what_waits_is_told_with_what_would_help_it_and_once_more_when_nothing_waits() {
        neighbours.have(node("a", 1, 1024));
        Placement ssd = new Placement(Map.of("disk", "ssd"), true);
        for (int number = 1; number <= 2; number++) {
            neighbours.say(until(
                    START.plusSeconds(60),
                    place(number, token(number), new Resources(2, Memory.mebibytes(512), 100), ssd, Set.of())));
        }
        awaitWaiting(2);
        clock.advance(Duration.ofSeconds(30));

        assertThat(told())
                .isEqualTo(new CapacityReport(
                        START.plusSeconds(30),
                        2,
                        List.of(new Shortage(
                                SHOP, List.of(WEB), 2, 2, Memory.mebibytes(512), Map.of("disk", "ssd"), START)),
                        List.of()));
        clock.advance(Duration.ofSeconds(31));
        placements.sweep();
        assertThat(told().saysNothing()).isTrue();
        reports.tell();
        assertThat(allTold()).hasSize(2);
    }

    @Test
    void services_that_go_to_one_node_need_one_that_has_room_for_all_of_them() {
        neighbours.have(cordoned(node("a", 8, 8192)));
        neighbours.say(place(1, STORE, companion(2, SEARCH)));
        neighbours.say(place(2, SEARCH, companion(1, STORE)));
        awaitWaiting(2);
        assertThat(told().shortages())
                .containsExactly(
                        new Shortage(SHOP, List.of(STORE, SEARCH), 2, 1, Memory.mebibytes(512), Map.of(), START));
    }

    @Test
    void what_is_bound_to_its_home_waits_but_no_other_node_would_help_it() {
        neighbours.have(node("a", 0.6, 300));
        neighbours.say(place(1, STORE));
        await().until(() -> !neighbours.replies().isEmpty());
        neighbours.say(place(2, SEARCH));
        awaitWaiting(1);
        assertThat(told()).isEqualTo(new CapacityReport(START, 1, List.of(), List.of()));
    }

    @Test
    void a_node_of_a_pool_is_idle_from_when_it_was_ready_or_its_last_instance_ended() {
        neighbours.have(ofPool(0.5, 256));
        assertThat(told().nodes()).containsExactly(new PoolNode(BURST, true, false, START));

        neighbours.say(running(1, BURST));
        await().untilAsserted(() -> assertThat(told().nodes()).containsExactly(new PoolNode(BURST, true, false, null)));

        clock.advance(Duration.ofSeconds(40));
        neighbours.say(cordoned(ofPool(0.5, 256)));
        neighbours.sayGone(instance(1));
        await().untilAsserted(() ->
                assertThat(told().nodes()).containsExactly(new PoolNode(BURST, true, true, START.plusSeconds(40))));
    }

    /** The last report, when one more was asked for. */
    private CapacityReport told() {
        reports.tell();
        return allTold().getLast();
    }

    private List<CapacityReport> allTold() {
        return jdbc
                .sql("select convert_from(payload, 'UTF8') from outbox where topic = ? order by id")
                .param(Topics.CAPACITY)
                .query(String.class)
                .list()
                .stream()
                .map(report -> json.readValue(report, CapacityReport.class))
                .toList();
    }

    private void awaitWaiting(int count) {
        await().until(() -> neighbours.replies().stream()
                        .filter(PlacementReply.Waiting.class::isInstance)
                        .count()
                == count);
    }
}
