package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final String NIGHTLY = """
            {"id": "k3j4h5g6", "app": "shop", "state": "ACTIVE", "mode": "STOP", "services": [],
             "cron": "0 20 * * *", "timeZone": "Europe/Berlin", "createdAt": "2026-02-27T12:00:00Z",
             "next": ["2026-03-01T19:00:00Z", "2026-03-02T19:00:00Z"],
             "runs": [{"dueAt": "2026-02-28T19:00:00Z", "firedAt": "2026-02-28T19:00:00.02Z", "deployment": "abcdefgh12345678"}]}""";

    private PlayedPlatform platform;

    @BeforeEach
    void play() throws IOException {
        platform = new PlayedPlatform();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void a_repeated_stop_is_asked_for() {
        platform.on("POST /api/v1/apps/shop/schedules", 201, NIGHTLY);

        Run run =
                gantry("schedule", "add", "shop", "--mode", "STOP", "--cron", "0 20 * * *", "--zone", "Europe/Berlin");

        assertThat(run.out()).isEqualTo("k3j4h5g6\n");
        assertThat(run.err()).contains("STOP 0 20 * * * Europe/Berlin", "next: 2026-03-01T19:00:00Z");
        assertThat(platform.asked("POST /api/v1/apps/shop/schedules").text())
                .isEqualTo("{\"mode\":\"STOP\",\"cron\":\"0 20 * * *\",\"timeZone\":\"Europe/Berlin\"}");
    }

    @Test
    void one_run_of_one_service_is_asked_for() {
        platform.on("POST /api/v1/apps/shop/schedules", 201, NIGHTLY);

        gantry("schedule", "add", "shop", "--service", "app-server", "--at", "+10m", "--until", "+1h");

        assertThat(platform.asked("POST /api/v1/apps/shop/schedules").text())
                .isEqualTo("{\"mode\":\"RUN\",\"services\":[{\"name\":\"app-server\"}],"
                        + "\"at\":\"2026-03-01T12:10:00Z\",\"until\":\"2026-03-01T13:00:00Z\"}");
    }

    @Test
    void schedules_are_listed_with_what_comes_and_what_was() {
        platform.on("GET /api/v1/apps/shop/schedules", 200, "[" + NIGHTLY + "]");

        assertThat(gantry("schedule", "list", "shop").out()).isEqualTo("""
                        SCHEDULE   STATE    MODE   SERVICES   WHEN                       UNTIL   NEXT                   LAST
                        k3j4h5g6   ACTIVE   STOP   all        0 20 * * * Europe/Berlin   -       2026-03-01T19:00:00Z   abcdefgh12345678
                        """);
    }

    @Test
    void a_schedule_is_removed() {
        platform.on("DELETE /api/v1/apps/shop/schedules/k3j4h5g6", 204, "");

        Run run = gantry("schedule", "rm", "shop", "k3j4h5g6");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("Removed schedule k3j4h5g6\n");
    }

    @Test
    void what_to_do_with_schedules_must_be_said() {
        Run run = gantry("schedule");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Missing required subcommand");
    }

    private Run gantry(String... args) {
        return Run.gantry(platform.addresses(), args);
    }
}
