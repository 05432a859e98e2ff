package io.gantry.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bundle.Zips;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerApplication;
import io.gantry.storage.InMemoryBlobStore;
import io.gantry.testkit.DeathBeforeCommit;
import io.gantry.testkit.OwnProcess;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Whoever fires schedules may die of it; what he was at, whoever is left does at once. */
class DyingScheduleTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final int SCHEDULES = 20;

    @AutoClose
    private final TestBroker broker = TestBroker.start();

    @TempDir
    Path folder;

    @Test
    void schedules_whose_firing_dies_before_its_commit_are_fired_once_by_the_next() throws Exception {
        schedulesThatAreDue();
        assertThat(OwnProcess.run(DyingScheduler.class, arguments())).isEqualTo(DeathBeforeCommit.EXIT_CODE);
        try (ConfigurableApplicationContext next = scheduler(_ -> {}, arguments())) {
            JdbcClient jdbc = next.getBean(JdbcClient.class);
            await("What nobody had taken is not waited for until he is known to be dead")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> count(jdbc, "select count(*) from schedule where next_work is not null") == 0);
            assertThat(count(jdbc, "select count(*) from schedule_run")).isEqualTo(SCHEDULES);
            assertThat(count(jdbc, "select count(*) from deployment")).isEqualTo(SCHEDULES);
            assertThat(count(jdbc, "select count(*) from outbox")).isEqualTo(SCHEDULES);
        }
    }

    /** By the time that nobody is there any more. */
    private void schedulesThatAreDue() {
        try (ConfigurableApplicationContext asked = scheduler(_ -> {}, arguments())) {
            Api api = new Api(asked.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            api.upload(
                    "shop",
                    "web",
                    Zips.at(folder)
                            .file("config.json", "{\"port\": 1}")
                            .file("app.py", "")
                            .done());
            IntStream.range(0, SCHEDULES)
                    .forEach(_ -> assertThat(api.post(
                                            "/api/v1/apps/shop/schedules",
                                            "{\"mode\": \"RUN\", \"at\": \"2999-01-01T00:00:00Z\"}")
                                    .status())
                            .isEqualTo(201));
        }
        JdbcClient.create(new DriverManagerDataSource(DATABASE.url(), DATABASE.user(), DATABASE.password()))
                .sql("update scheduler.schedule set at = now(), next_work = now()")
                .update();
    }

    private static int count(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    private List<String> arguments() {
        return List.of(
                "--server.port=0",
                "--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.username=" + DATABASE.user(),
                "--spring.datasource.password=" + DATABASE.password(),
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--gantry.messaging.partitions=1",
                "--scheduler.upload.folder=" + folder);
    }

    private static ConfigurableApplicationContext scheduler(
            Consumer<GenericApplicationContext> parts, List<String> arguments) {
        return SchedulerApplication.builder()
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(InMemoryBlobStore.class, InMemoryBlobStore::new);
                    parts.accept(beans);
                })
                .run(arguments.toArray(String[]::new));
    }

    static final class DyingScheduler {
        private DyingScheduler() {}

        public static void main(String[] args) {
            scheduler(
                    context -> context.registerBean(
                            DeathBeforeCommit.class,
                            () -> new DeathBeforeCommit(
                                    context.getBean(JdbcClient.class), "select exists (select from schedule_run)")),
                    List.of(args));
        }
    }
}
