package io.gantry.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.contract.AppName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.topic.Topics;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.PlayedDeployer;
import io.gantry.scheduler.SchedulerTest;
import io.gantry.scheduler.stored.Columns;
import io.gantry.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SchedulerTest
@Import(ScheduleTest.Clock.class)
class ScheduleTest {
    private static final AppName SHOP = new AppName("shop");
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final String SCHEDULES = "/api/v1/apps/shop/schedules";

    @Autowired
    Api api;

    @Autowired
    PlayedDeployer deployer;

    @Autowired
    SettableClock clock;

    @Autowired
    ScheduleRuns runs;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private int heardBefore;

    @BeforeEach
    void an_app_at_noon() {
        jdbc.sql("delete from app").update();
        clock.set(START);
        upload("1");
        await().until(() -> deployer.heard(SHOP).size() >= commandsOfShop());
        heardBefore = deployer.heard(SHOP).size();
    }

    /** Of whatever test. */
    private int commandsOfShop() {
        return jdbc.sql("select count(*) from outbox where topic = ? and key = ?")
                .params(Topics.DEPLOYER_COMMANDS, SHOP.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void asked_for_again_with_the_same_key_it_is_the_same_schedule_even_when_its_time_has_come() {
        String body = "{\"mode\": \"RUN\", \"at\": \"%s.123456789Z\"}".formatted("2026-06-01T12:00:05");
        Answer first = api.post(SCHEDULES, body, "Idempotency-Key", "nightly");
        clock.set(START.plusSeconds(10));

        Answer again = api.post(SCHEDULES, body, "Idempotency-Key", "nightly");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(api.get(SCHEDULES).json().size()).isEqualTo(1);
    }

    @Test
    void a_key_is_not_used_for_another_schedule() {
        api.post(SCHEDULES, "{\"mode\": \"RUN\", \"cron\": \"0 2 * * *\"}", "Idempotency-Key", "nightly");

        Answer other =
                api.post(SCHEDULES, "{\"mode\": \"RUN\", \"cron\": \"0 3 * * *\"}", "Idempotency-Key", "nightly");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void without_a_key_asking_twice_is_asking_for_two() {
        String body = "{\"mode\": \"RUN\", \"cron\": \"0 2 * * *\"}";
        api.post(SCHEDULES, body);
        api.post(SCHEDULES, body);

        assertThat(api.get(SCHEDULES).json().size()).isEqualTo(2);
    }

    @Test
    void a_cron_schedule_shows_its_next_five_runs() {
        Answer answer =
                api.post(SCHEDULES, "{\"mode\": \"RUN\", \"cron\": \"0 2 * * 1-5\", \"timeZone\": \"Europe/Berlin\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/next").valueStream().map(next -> next.asString()))
                .containsExactly(
                        "2026-06-02T00:00:00Z",
                        "2026-06-03T00:00:00Z",
                        "2026-06-04T00:00:00Z",
                        "2026-06-05T00:00:00Z",
                        "2026-06-08T00:00:00Z");
        assertThat(api.get(answer.header("Location").orElseThrow()).json()).isEqualTo(answer.json());
        assertThat(api.get(SCHEDULES).json()).containsExactly(answer.json());
    }

    @Test
    void at_its_time_the_newest_versions_are_asked_for() {
        String id = add("{\"mode\": \"BUILD_AND_RUN\", \"at\": \"2026-06-01T13:00:00Z\"}");
        upload("2");
        moveTo("2026-06-01T12:59:59Z");
        assertThat(runs.fire(List.of())).isZero();
        moveTo("2026-06-01T13:00:00Z");
        await().untilAsserted(() -> assertThat(heard())
                .singleElement()
                .isInstanceOfSatisfying(
                        DeployerCommand.BuildAndRun.class,
                        command -> assertThat(command.releases())
                                .extracting(Release::version)
                                .containsExactly(2)));
        Answer schedule = api.get(SCHEDULES + "/" + id);
        assertThat(schedule.at("/state")).isEqualTo("ENDED");
        assertThat(schedule.json().at("/next")).isEmpty();
        assertThat(schedule.at("/runs/0/dueAt")).isEqualTo("2026-06-01T13:00:00Z");
        assertThat(schedule.at("/runs/0/deployment"))
                .isEqualTo(heard().getFirst().token().value());
    }

    @Test
    void a_run_is_asked_for_once_however_often_it_is_tried() {
        String id = add("{\"mode\": \"RUN\", \"cron\": \"@hourly\"}");
        fireAllDueAt("2026-06-01T13:00:00Z");
        assertThat(runs.fire(List.of())).isZero();
        runs.fireOne(id);
        assertThat(runsOf(id)).hasSize(1);
        assertThat(nextWork(id)).isEqualTo(Instant.parse("2026-06-01T14:00:00Z"));
    }

    @Test
    void runs_that_were_missed_are_made_up_for_by_one() {
        String id = add("{\"mode\": \"RUN\", \"cron\": \"@hourly\"}");
        fireAllDueAt("2026-06-01T17:30:00Z");
        assertThat(nextWork(id)).isEqualTo(Instant.parse("2026-06-01T18:00:00Z"));
        assertThat(runsOf(id)).hasSize(1);
        Answer schedule = api.get(SCHEDULES + "/" + id);
        assertThat(schedule.at("/runs/0/dueAt")).isEqualTo("2026-06-01T13:00:00Z");
        assertThat(schedule.at("/runs/0/firedAt")).isEqualTo("2026-06-01T17:30:00Z");
    }

    @Test
    void what_comes_due_at_one_instant_is_fired_together_each_once() {
        List<String> ids = IntStream.range(0, 600)
                .mapToObj(_ -> add("{\"mode\": \"STOP\", \"at\": \"2026-06-01T13:00:00Z\"}"))
                .toList();
        fireAllDueAt("2026-06-01T13:00:00Z");
        assertThat(ids).allSatisfy(id -> assertThat(runsOf(id)).hasSize(1));
        await().untilAsserted(() -> assertThat(heard()).hasSize(ids.size()));
        assertThat(heard()).extracting(DeployerCommand::token).doesNotHaveDuplicates();
    }

    @Test
    void half_a_microsecond_before_its_time_it_is_not_due() {
        String id = add("{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\"}");
        clock.set(Instant.parse("2026-06-01T13:00:00Z").minusNanos(400));
        assertThat(runs.fire(List.of())).isZero();
        fireAllDueAt("2026-06-01T13:00:00Z");
        assertThat(runsOf(id)).hasSize(1);
    }

    @Test
    void until_stops_what_runs_and_ends_the_schedule() {
        String id = add("{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\", \"until\": \"2026-06-01T14:30:00Z\"}");
        moveTo("2026-06-01T13:00:00Z");
        await().untilAsserted(() -> assertThat(heard()).hasSize(1));
        assertThat(api.get(SCHEDULES + "/" + id).at("/state")).isEqualTo("ACTIVE");
        moveTo("2026-06-01T14:30:00Z");
        // The first deployment's deadline has passed as well, so it is cancelled, before or after.
        await().untilAsserted(() -> assertThat(heard())
                .filteredOn(command -> !(command instanceof DeployerCommand.Cancel))
                .hasSize(2)
                .last()
                .isInstanceOf(DeployerCommand.Stop.class));
        await().untilAsserted(() ->
                assertThat(api.get(SCHEDULES + "/" + id).at("/state")).isEqualTo("ENDED"));
    }

    @Test
    void what_was_missed_altogether_is_neither_started_nor_stopped() {
        String id = add("{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\", \"until\": \"2026-06-01T14:00:00Z\"}");
        fireAllDueAt("2026-06-01T15:00:00Z");
        assertThat(runsOf(id)).isEmpty();
        assertThat(api.get(SCHEDULES + "/" + id).at("/state")).isEqualTo("ENDED");
    }

    @Test
    void a_run_that_is_refused_says_why_keeps_no_other_from_its_time_and_the_schedule_goes_on() {
        String id = add("{\"mode\": \"RUN\", \"cron\": \"@hourly\"}");
        assertThat(upload("other", "1").status()).isIn(200, 201);
        String other = api.post("/api/v1/apps/other/schedules", "{\"mode\": \"RUN\", \"cron\": \"@hourly\"}")
                .at("/id");
        api.delete("/api/v1/apps/shop");
        fireAllDueAt("2026-06-01T13:00:00Z");
        assertThat(nextWork(id)).isEqualTo(Instant.parse("2026-06-01T14:00:00Z"));
        assertThat(api.get(SCHEDULES + "/" + id).at("/runs/0/problem")).contains("is being deleted");
        assertThat(api.get("/api/v1/apps/other/schedules/" + other).at("/runs/0/deployment"))
                .isNotEmpty();
    }

    @Test
    void one_that_can_not_be_fired_keeps_no_other_from_its_time() {
        String broken = add("{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\"}");
        String sound = add("{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:01Z\"}");
        jdbc.sql("update schedule set mode = 'FLY' where id = ?").param(broken).update();
        clock.set(Instant.parse("2026-06-01T13:00:01Z"));
        await().untilAsserted(() -> assertThat(runsOf(sound)).hasSize(1));
        jdbc.sql("update schedule set mode = 'RUN' where id = ?").param(broken).update();
        clock.advance(Duration.ofSeconds(5));
        await().untilAsserted(() -> assertThat(runsOf(broken)).hasSize(1));
    }

    @Test
    void a_schedule_that_is_deleted_asks_for_nothing() {
        String id = add("{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\"}");
        assertThat(api.delete(SCHEDULES + "/" + id).status()).isEqualTo(204);
        assertThat(api.get(SCHEDULES + "/" + id).code()).isEqualTo("SCHEDULE_NOT_FOUND");
        clock.set(Instant.parse("2026-06-01T13:00:00Z"));
        assertThat(runs.fire(List.of())).isZero();
        assertThat(api.delete(SCHEDULES + "/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\": \"RUN\"}                                                     | 400 | /at",
                "{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\", \"cron\": \"@daily\"} | 400 | /at",
                "{\"mode\": \"RUN\", \"at\": \"2026-06-01T12:00:00Z\"}                   | 400 | /at",
                "{\"mode\": \"RUN\", \"at\": \"2020-01-01T00:00:00Z\"}                   | 400 | /at",
                "{\"mode\": \"RUN\", \"at\": \"tomorrow\"}                               | 400 | /at",
                "{\"mode\": \"RUN\", \"at\": \"2026-06-01T13:00:00Z\", \"timeZone\": \"UTC\"} | 400 | /timeZone",
                "{\"mode\": \"RUN\", \"cron\": \"61 * * * *\"}                           | 400 | /cron",
                "{\"mode\": \"RUN\", \"cron\": \"* * * * * *\"}                          | 400 | /cron",
                "{\"mode\": \"RUN\", \"cron\": \"0 0 30 2 *\"}                           | 400 | /cron",
                "{\"mode\": \"RUN\", \"cron\": \"@daily\", \"timeZone\": \"Mars/Base\"}  | 400 | /timeZone",
                "{\"mode\": \"RUN\", \"cron\": \"@daily\", \"until\": \"2026-06-01T13:00:00Z\"} | 400 | /until",
                "{\"mode\": \"STOP\", \"cron\": \"@daily\", \"until\": \"2027-06-01T13:00:00Z\"} | 400 | /until",
                "{\"mode\": \"FLY\", \"cron\": \"@daily\"}                               | 400 | /mode",
                "{\"cron\": \"@daily\"}                                                  | 400 | /mode",
                "{\"mode\": \"RUN\", \"cron\": \"@daily\", \"zone\": \"UTC\"}            | 400 | /zone",
                "{\"mode\": \"RUN\", \"cron\": \"@daily\", \"services\": [{\"name\": \"none\"}]} | 404 | /services/0/name",
                "{\"mode\": \"RUN\", \"cron\": \"@daily\", \"services\": [{\"name\": \"web\", \"version\": 9}]} | 404 | /services/0/version"
            })
    void what_never_comes_or_is_not_there_is_refused_with_its_place(String body, int status, String pointer) {
        Answer answer = api.post(SCHEDULES, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.pointers()).containsExactly(pointer);
        assertThat(api.get(SCHEDULES).json()).isEmpty();
    }

    @Test
    void an_app_that_is_not_there_has_no_schedules() {
        assertThat(api.get("/api/v1/apps/none/schedules").code()).isEqualTo("APP_NOT_FOUND");
        assertThat(api.post("/api/v1/apps/none/schedules", "{\"mode\": \"RUN\", \"cron\": \"@daily\"}")
                        .code())
                .isEqualTo("APP_NOT_FOUND");
    }

    private void moveTo(String time) {
        clock.set(Instant.parse(time));
    }

    /** By whomever: the scheduler looks for itself too. */
    private void fireAllDueAt(String time) {
        moveTo(time);
        await().until(() -> {
            runs.fire(List.of());
            return jdbc.sql("select not exists (select from schedule where next_work <= ?)")
                    .param(Columns.of(clock.instant()))
                    .query(Boolean.class)
                    .single();
        });
    }

    private Instant nextWork(String id) {
        return jdbc.sql("select next_work from schedule where id = ?")
                .param(id)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private List<DeployerCommand> heard() {
        List<DeployerCommand> all = deployer.heard(SHOP);
        return all.subList(heardBefore, all.size());
    }

    private String add(String body) {
        Answer answer = api.post(SCHEDULES, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.at("/id");
    }

    private List<String> runsOf(String id) {
        return jdbc.sql("select deployment from schedule_run where schedule = ?")
                .param(id)
                .query(String.class)
                .list();
    }

    private Answer upload(String text) {
        return upload("shop", text);
    }

    private Answer upload(String app, String text) {
        Path zip = Zips.at(folder)
                .file("config.json", "{\"port\": 8000}")
                .file("app.py", "print('%s')".formatted(text))
                .done();
        Answer answer = api.upload(app, "web", zip);
        clock.advance(Duration.ofMillis(1));
        return answer;
    }

    /** Stands still until a test moves it. */
    @TestConfiguration
    static class Clock {
        @Bean
        SettableClock clock() {
            return new SettableClock(START);
        }
    }
}
