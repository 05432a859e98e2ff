package io.gantry.scheduler.schedule;

import static io.gantry.scheduler.Schedulers.api;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Events;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.Schedulers;
import io.gantry.scheduler.stored.Columns;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Two schedulers with one database and one broker, and the clock on the wall. */
class TwoSchedulersTest {
    private static final Schedulers SCHEDULERS = new Schedulers(
            "--gantry.messaging.partitions=2",
            // Who stands still is known to after four of them: nothing here may wait for that.
            "--db-scheduler.heartbeat-interval=1m");
    private static final Duration AT_ONCE = Duration.ofSeconds(30);
    private static final int TRIES = 3;
    private static final AppName SHOP = new AppName("shop");

    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;

    @BeforeAll
    static void start() {
        one = SCHEDULERS.start(context -> context.registerBean(PlayedDeployer.class));
        other = SCHEDULERS.start();
        SCHEDULERS.upload(one, "shop", "web");
    }

    @AfterAll
    static void stop() throws IOException {
        other.close();
        one.close();
        SCHEDULERS.close();
    }

    @Test
    void what_comes_due_is_asked_for_once() {
        List<String> ids = IntStream.range(0, 20)
                .mapToObj(i -> add(i % 2 == 0 ? one : other, Instant.parse("2999-01-01T00:00:00Z")))
                .toList();
        Instant now = InstantSource.system().instant();
        comeDue(ids, now);
        await().untilAsserted(() ->
                assertThat(ids).allSatisfy(id -> assertThat(state(id)).isEqualTo("ENDED")));
        assertThat(deployments(ids)).isEqualTo(ids.size());
        assertThat(latest(ids)).isBefore(now.plus(AT_ONCE));
    }

    @Test
    void what_one_holds_and_stands_still_with_the_other_fires_within_3_seconds() {
        assertThat(IntStream.range(0, TRIES).anyMatch(_ -> lateness().compareTo(Duration.ofSeconds(3)) < 0))
                .as("the machine may keep everybody waiting, but not each time")
                .isTrue();
    }

    /** Of one that the other fires, as whoever holds it stands still. */
    private static Duration lateness() {
        Instant soon = InstantSource.system().instant().plus(Duration.ofSeconds(8));
        String id = add(one, soon);
        ScheduleTable frozen = one.getBean(ScheduleTable.class);
        assertThatThrownBy(() -> one.getBean(TransactionTemplate.class).execute(_ -> {
                    assertThat(frozen.holdDue(soon, id)).hasSize(1);
                    moveUntil(soon.minusMillis(1500));
                    await().until(() -> state(id).equals("ENDED"));
                    return frozen.hasRun(id);
                }))
                .isInstanceOf(TransactionSystemException.class);
        assertThat(runsOf(id)).isEqualTo(1);
        return Duration.between(soon, firedAt(id));
    }

    /** Whoever is in a transaction and asks something now and then does not stand still. */
    private static void moveUntil(Instant end) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .until(() -> one.getBean(JdbcClient.class)
                        .sql("select clock_timestamp() > ?")
                        .param(Columns.of(end))
                        .query(Boolean.class)
                        .single());
    }

    private static String add(ConfigurableApplicationContext scheduler, Instant at) {
        Answer answer =
                api(scheduler).post("/api/v1/apps/shop/schedules", "{\"mode\": \"RUN\", \"at\": \"%s\"}".formatted(at));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.at("/id");
    }

    /** All at the same moment, however long it took to ask for them. */
    private static void comeDue(List<String> ids, Instant now) {
        one.getBean(JdbcClient.class)
                .sql("update schedule set at = :now, next_work = :now where id = any (:ids)")
                .param("now", Columns.of(now))
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    @Test
    void what_one_has_learnt_is_told_live_by_the_other() {
        Answer asked = api(one).post("/api/v1/apps/shop/deployments", "{\"mode\": \"RUN\"}");
        String location = asked.header("Location").orElseThrow();
        try (Events here = api(one).events(location + "/events");
                Events there = api(other).events(location + "/events")) {
            here.next();
            there.next();
            api(one).post(location + "/cancel", "");
            one.getBean(PlayedDeployer.class)
                    .finish(SHOP, new DeploymentToken(asked.at("/token")), Mode.RUN, Outcome.CANCELLED);
            assertThat(List.of(here, there))
                    .allSatisfy(events -> assertThat(events.untilTheEnd()
                                    .getLast()
                                    .json()
                                    .at("/state")
                                    .asString())
                            .isEqualTo("CANCELLED"));
        }
    }

    private static String state(String id) {
        return api(other).get("/api/v1/apps/shop/schedules/" + id).at("/state");
    }

    private static int runsOf(String id) {
        return one.getBean(JdbcClient.class)
                .sql("select count(*) from schedule_run where schedule = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private static Instant firedAt(String id) {
        return Instant.parse(api(other).get("/api/v1/apps/shop/schedules/" + id).at("/runs/0/firedAt"));
    }

    private static int deployments(List<String> ids) {
        return one.getBean(JdbcClient.class)
                .sql("select count(distinct deployment) from schedule_run where schedule = any (?)")
                .param(ids.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    private static Instant latest(List<String> ids) {
        return one.getBean(JdbcClient.class)
                .sql("select max(fired_at) from schedule_run where schedule = any (?)")
                .param(ids.toArray(String[]::new))
                .query(Timestamp.class)
                .single()
                .toInstant();
    }
}
