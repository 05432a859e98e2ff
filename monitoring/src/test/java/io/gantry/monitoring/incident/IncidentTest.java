package io.gantry.monitoring.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.monitoring.alert.Alert;
import io.gantry.monitoring.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class IncidentTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final HealingPolicy POLICY = new HealingPolicy(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            5,
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ZERO);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Unit UNIT = new Unit.Instance(
            new InstanceId("shop-web-aaaaaaaaaaaaaaaa-0"), new AppName("shop"), new ServiceName("web"));
    private static final News FELL = new News.Fell("exit code 137");
    private static final News UP = new News.Rose();
    private static final News TIME = new News.TimePassed();

    private final Incident fresh = Incident.open(new IncidentId("bbbbbbbbbbbbbbbb"), UNIT, "exit code 137", NOW);

    private static Moment at(long seconds) {
        return at(seconds, A_MINUTE);
    }

    private static Moment at(long seconds, Duration startUp) {
        return new Moment(NOW.plusSeconds(seconds), true, Fault.DIED, startUp, POLICY);
    }

    private static Incident.Step hear(Incident incident, News news, long seconds) {
        return incident.hear(news, at(seconds));
    }

    private static Incident after(Incident incident, News news, long seconds) {
        return hear(incident, news, seconds).next();
    }

    private Incident trying() {
        return after(fresh, TIME, 0);
    }

    @Test
    void recovery_is_asked_for_at_once() {
        Incident.Step step = hear(fresh, FELL, 0);
        assertThat(step.next().phase()).isInstanceOf(Phase.Trying.class);
        assertThat(step.consequences()).singleElement().satisfies(consequence -> {
            var request = ((Consequence.Ask) consequence).request();
            assertThat(request.attempt()).isEqualTo(1);
            assertThat(request.deadline()).isEqualTo(NOW.plus(POLICY.tryFor()));
        });
    }

    @Test
    void what_is_asked_for_says_what_is_wrong_by_then() {
        Moment hung = new Moment(NOW, true, Fault.HUNG, A_MINUTE, POLICY);
        assertThat(fresh.hear(FELL, hung).consequences())
                .singleElement()
                .satisfies(consequence -> assertThat(
                                ((RecoveryRequest.ReviveInstance) ((Consequence.Ask) consequence).request()).fault())
                        .isEqualTo(Fault.HUNG));
    }

    @Test
    void while_nothing_is_to_be_healed_it_waits_and_is_tried_as_soon_as_that_is_over() {
        Moment held = new Moment(NOW, false, Fault.DIED, A_MINUTE, POLICY);
        Incident.Step waiting = fresh.hear(FELL, held);
        assertThat(waiting.consequences()).isEmpty();
        assertThat(hear(waiting.next(), TIME, 600).consequences()).hasSize(1);
    }

    @Test
    void it_is_over_when_the_unit_has_been_up_for_long_enough() {
        Incident up = after(trying(), UP, 1);
        assertThat(up.phase()).isEqualTo(new Phase.Settling(NOW.plusSeconds(61)));
        assertThat(after(up, TIME, 60).phase()).isEqualTo(up.phase());
        assertThat(after(up, TIME, 61).phase()).isEqualTo(new Phase.Closed(NOW.plusSeconds(61)));
    }

    @Test
    void a_second_fall_is_the_same_fault_and_is_tried_after_a_pause() {
        Incident again = after(after(trying(), UP, 1), FELL, 3);
        assertThat(again.phase()).isEqualTo(new Phase.Waiting(NOW.plusSeconds(4)));
        assertThat(again.falls()).hasSize(2);
        Incident.Step second = hear(again, TIME, 4);
        assertThat(second.next().attempt()).isEqualTo(2);
        assertThat(second.consequences()).hasSize(1);
    }

    @Test
    void the_fifth_fall_within_ten_minutes_is_a_crash_loop_that_people_are_told_of_once() {
        Incident looping = fallen(4);
        Incident.Step fifth = hear(after(looping, UP, 100), FELL, 101);
        assertThat(fifth.next().phase())
                .isEqualTo(new Phase.CrashLoop(NOW.plusSeconds(101).plus(POLICY.rest())));
        assertThat(fifth.consequences())
                .singleElement()
                .satisfies(told ->
                        assertThat(((Consequence.Tell) told).alert().kind()).isEqualTo(Alert.Kind.CRASH_LOOP));
        assertThat(hear(fifth.next(), TIME, 1000).consequences()).isEmpty();
    }

    @Test
    void after_its_rest_a_crash_loop_is_tried_once_more() {
        Incident looping = after(after(fallen(4), UP, 100), FELL, 101);
        Incident.Step rested = hear(looping, TIME, 101 + POLICY.rest().toSeconds());
        assertThat(rested.next().phase()).isInstanceOf(Phase.Trying.class);
        assertThat(rested.consequences()).hasSize(1);
    }

    @Test
    void falls_far_apart_are_no_crash_loop() {
        Incident incident = trying();
        for (int hour = 1; hour <= 10; hour++) {
            incident = after(after(incident, UP, hour * 3600L), FELL, hour * 3600L + 30);
            assertThat(incident.phase()).isInstanceOf(Phase.Waiting.class);
            incident = after(incident, TIME, hour * 3600L + 600);
        }
    }

    @Test
    void a_try_that_fails_is_followed_by_another_after_a_pause() {
        Incident failed = after(trying(), new News.NotRecovered(1, "no node has room"), 2);
        assertThat(failed.phase()).isEqualTo(new Phase.Waiting(NOW.plusSeconds(3)));
        assertThat(failed.history().getLast().what()).isEqualTo("Try 1 failed: no node has room");
    }

    @Test
    void a_try_that_nobody_answers_is_given_up() {
        assertThat(after(trying(), TIME, 329).phase()).isInstanceOf(Phase.Trying.class);
        assertThat(after(trying(), TIME, 330).phase()).isInstanceOf(Phase.Waiting.class);
    }

    @Test
    void a_try_that_is_said_to_be_done_and_shows_nothing_is_given_up_sooner() {
        Incident done = after(trying(), new News.Recovered(1), 2);
        assertThat(after(done, TIME, 91).phase()).isInstanceOf(Phase.Trying.class);
        assertThat(after(done, TIME, 92).phase()).isInstanceOf(Phase.Waiting.class);
        assertThat(after(done, UP, 91).phase()).isInstanceOf(Phase.Settling.class);
    }

    @Test
    void a_platform_service_that_was_restarted_is_given_the_time_that_it_may_take_to_start() {
        Moment asked = at(0, Duration.ofMinutes(10));
        Incident trying =
                opened(new Unit.Replica("scheduler", "vm-1")).hear(FELL, asked).next();
        Incident done = trying.hear(new News.Recovered(1), at(2, Duration.ofMinutes(10)))
                .next();
        assertThat(after(done, TIME, 631).phase()).isInstanceOf(Phase.Trying.class);
        assertThat(after(done, TIME, 632).phase()).isInstanceOf(Phase.Waiting.class);
    }

    @Test
    void one_that_takes_longer_than_anybody_thought_is_not_restarted_for_ever() {
        long startsWithin = 300;
        Incident incident = after(opened(new Unit.Replica("scheduler", "vm-1")), FELL, 0);
        long restarted = 0;
        incident = after(incident, new News.Recovered(1), restarted);
        while (incident.phase().due().isBefore(NOW.plusSeconds(restarted + startsWithin))) {
            assertThat(incident.attempt()).isLessThan(10);
            incident = after(incident, TIME, secondsUntil(incident));
            restarted = secondsUntil(incident);
            incident = after(incident, TIME, restarted);
            incident = after(incident, new News.Recovered(incident.attempt()), restarted);
        }
        assertThat(incident.attempt()).isEqualTo(4);
        assertThat(after(incident, UP, restarted + startsWithin).phase()).isInstanceOf(Phase.Settling.class);
    }

    private static long secondsUntil(Incident incident) {
        return Duration.between(NOW, incident.phase().due()).toSeconds();
    }

    private static Incident opened(Unit unit) {
        return Incident.open(new IncidentId("bbbbbbbbbbbbbbbb"), unit, "why", NOW);
    }

    @Test
    void what_monitoring_asks_for_is_what_the_unit_needs() {
        assertThat(asked(new Unit.Replica("scheduler", "vm-1")))
                .isEqualTo(new RecoveryRequest.RestartService(
                        new IncidentId("bbbbbbbbbbbbbbbb"), 1, "scheduler", "vm-1", NOW.plus(POLICY.tryFor())));
        assertThat(asked(new Unit.Machine("vm-2")))
                .isEqualTo(new RecoveryRequest.RestartMachine(
                        new IncidentId("bbbbbbbbbbbbbbbb"), 1, "vm-2", NOW.plus(POLICY.tryFor())));
    }

    private static RecoveryRequest asked(Unit unit) {
        return ((Consequence.Ask) hear(opened(unit), FELL, 0).consequences().getFirst()).request();
    }

    @Test
    void an_answer_to_an_earlier_try_changes_nothing() {
        Incident second = after(after(trying(), new News.NotRecovered(1, "why"), 0), TIME, 1);
        assertThat(after(second, new News.NotRecovered(1, "why"), 2)).isEqualTo(second);
        assertThat(after(second, new News.NotWanted(1), 2)).isEqualTo(second);
    }

    @Test
    void what_was_told_before_and_is_told_again_changes_nothing() {
        assertThat(after(trying(), FELL, 1)).isEqualTo(trying());
        Incident up = after(trying(), UP, 1);
        assertThat(after(up, UP, 2)).isEqualTo(up);
    }

    @Test
    void what_was_stopped_or_replaced_or_is_not_wanted_is_no_fault_any_more() {
        assertThat(after(trying(), new News.Gone(), 1).phase()).isEqualTo(new Phase.Closed(NOW.plusSeconds(1)));
        assertThat(after(trying(), new News.NotWanted(1), 1).phase()).isEqualTo(new Phase.Closed(NOW.plusSeconds(1)));
    }

    static Stream<News> anything() {
        return Stream.of(FELL, UP, new News.Gone(), new News.Recovered(1), new News.NotRecovered(1, "why"), TIME);
    }

    @ParameterizedTest
    @MethodSource("anything")
    void nothing_opens_again_what_is_closed(News news) {
        Incident closed = after(trying(), new News.Gone(), 1);
        assertThat(hear(closed, news, 10_000)).isEqualTo(new Incident.Step(closed, List.of()));
    }

    @Test
    void the_history_does_not_grow_for_ever() {
        Incident incident = trying();
        for (int hour = 1; hour <= 60; hour++) {
            incident = after(after(incident, UP, hour * 3600L), FELL, hour * 3600L + 30);
        }
        assertThat(incident.history()).hasSize(Incident.REMEMBERED);
    }

    @Test
    void an_incident_is_read_as_it_was_written() {
        JsonMapper json = new JsonMapper();
        Incident looping = after(after(fallen(4), UP, 100), FELL, 101);
        for (Incident incident : List.of(fresh, trying(), after(trying(), UP, 1), looping)) {
            assertThat(json.readValue(json.writeValueAsString(incident), Incident.class))
                    .isEqualTo(incident);
        }
    }

    /** Has been down so often within a minute and a half, and is being brought back. */
    private Incident fallen(int times) {
        Incident incident = trying();
        for (int fall = 2; fall <= times; fall++) {
            incident = after(after(incident, UP, fall * 20L), FELL, fall * 20L + 1);
            incident = after(incident, TIME, fall * 20L + 10);
        }
        assertThat(incident.falls()).hasSize(times);
        return incident;
    }
}
