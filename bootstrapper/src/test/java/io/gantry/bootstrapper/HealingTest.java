package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HealingTest {
    @Test
    void health_lists_what_is_judged_and_says_a_meltdown_first() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/health", 200, """
                    {"meltdownSince": "2026-03-01T11:00:00Z", "instances": [
                     {"instance": "shop-web-abcdefgh12345678-0", "app": "shop", "service": "web", "node": "local",
                      "state": "DOWN", "since": "2026-03-01T11:59:15Z", "detail": "exit code 137",
                      "incident": "m1n2b3v4c5x6z7l8"}]}""");

            Run run = Run.gantry(platform.addresses(), "health");

            assertThat(run.err()).startsWith("Meltdown since 2026-03-01T11:00:00Z");
            assertThat(run.out()).isEqualTo("""
                            APP    SERVICE   STATE                  SINCE   NODE    INCIDENT           INSTANCE
                            shop   web       DOWN (exit code 137)   45s     local   m1n2b3v4c5x6z7l8   shop-web-abcdefgh12345678-0
                            """);
        }
    }

    @Test
    void health_of_a_fleet_lists_its_machines_and_services_first() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/health", 200, """
                    {"meltdownSince": null, "instances": [],
                     "machines": [{"machine": "vm-2", "address": "10.0.0.5", "state": "DOWN", "since": "2026-03-01T11:59:15Z",
                      "detail": "it has not answered over SSH for 4 s", "incident": "m1n2b3v4c5x6z7l8"}],
                     "services": [{"service": "scheduler", "machine": "vm-2", "address": "10.0.0.5", "port": 7071,
                      "state": "UNKNOWN", "since": "2026-03-01T11:59:15Z", "detail": "its machine is lost", "incident": null}]}""");

            Run run = Run.gantry(platform.addresses(), "health");

            assertThat(run.err()).isEqualTo("No app runs.\n");
            assertThat(run.out()).isEqualTo("""
                            MACHINE   STATE                                         SINCE   ADDRESS    INCIDENT
                            vm-2      DOWN (it has not answered over SSH for 4 s)   45s     10.0.0.5   m1n2b3v4c5x6z7l8

                            PLATFORM SERVICE   STATE                           SINCE   MACHINE   ADDRESS         INCIDENT
                            scheduler          UNKNOWN (its machine is lost)   45s     vm-2      10.0.0.5:7071   -

                            """);
        }
    }

    @Test
    void incidents_lists_what_went_down_and_the_last_of_its_history() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/incidents?app=shop", 200, """
                    {"incidents": [{"id": "m1n2b3v4c5x6z7l8", "app": "shop", "service": "web",
                      "instance": "shop-web-abcdefgh12345678-0", "state": "CLOSED", "openedAt": "2026-03-01T11:59:15Z",
                      "closedAt": "2026-03-01T11:59:50Z", "falls": 2, "attempts": 2,
                      "history": [{"at": "2026-03-01T11:59:50Z", "what": "It has been up long enough."}]}]}""");

            assertThat(Run.gantry(platform.addresses(), "incidents", "shop").out())
                    .isEqualTo("""
                            WHEN      APP    SERVICE   MACHINE   STATE    FALLS   TRIES   LAST                          INCIDENT
                            45s ago   shop   web       -         CLOSED   2       2       It has been up long enough.   m1n2b3v4c5x6z7l8
                            """);
        }
    }

    @Test
    void an_app_or_one_service_of_it_is_restarted() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("POST /api/v1/apps/shop/restart", 202, "{\"token\": \"abcdefgh12345678\"}");
            platform.on("POST /api/v1/apps/shop/services/web/restart", 202, "{\"token\": \"abcdefgh12345679\"}");

            assertThat(Run.gantry(platform.addresses(), "restart", "app", "shop")
                            .err())
                    .isEqualTo("shop is being restarted, operation abcdefgh12345678. Watch it with: gantry ps shop\n");
            assertThat(Run.gantry(platform.addresses(), "restart", "service", "shop/web")
                            .err())
                    .isEqualTo(
                            "shop/web is being restarted, operation abcdefgh12345679. Watch it with: gantry ps shop\n");
        }
    }

    @Test
    void services_of_the_platform_and_machines_are_restarted_too() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("POST /api/v1/services/scheduler/restart", 202, "{\"token\": \"abcdefgh12345678\"}");
            platform.on("POST /api/v1/machines/vm-2/restart", 202, "{\"token\": \"abcdefgh12345679\"}");

            assertThat(Run.gantry(platform.addresses(), "restart", "service", "scheduler")
                            .err())
                    .contains("scheduler is being restarted, operation abcdefgh12345678", "gantry services");
            assertThat(Run.gantry(platform.addresses(), "restart", "machine", "vm-2")
                            .err())
                    .contains("vm-2 is being restarted, operation abcdefgh12345679");
        }
    }

    @Test
    void a_restart_that_is_waited_for_ends_as_its_operation_does() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("POST /api/v1/apps/shop/restart", 202, "{\"token\": \"abcdefgh12345678\"}");
            platform.on("GET /api/v1/operations/abcdefgh12345678", 200, """
                    {"token": "abcdefgh12345678", "kind": "RESTART_APP", "what": "shop", "state": "SUCCEEDED",
                     "requestedAt": "2026-03-01T11:59:50Z", "finishedAt": "2026-03-01T11:59:53Z"}""");

            Run well = Run.gantry(platform.addresses(), "restart", "app", "shop", "--wait");

            assertThat(well.exitCode()).isZero();
            assertThat(well.err()).isEqualTo("shop is restarted after 3.0s\n");
            platform.on("GET /api/v1/operations/abcdefgh12345678", 200, """
                    {"token": "abcdefgh12345678", "kind": "RESTART_APP", "what": "shop", "state": "FAILED",
                     "requestedAt": "2026-03-01T11:59:50Z", "finishedAt": "2026-03-01T11:59:53Z", "failure":
                      {"kind": "CAPACITY", "code": "NO_CAPACITY", "message": "No node has room.", "oomKilled": false, "log": []}}""");

            Run badly = Run.gantry(platform.addresses(), "restart", "app", "shop", "--wait");

            assertThat(badly.exitCode()).isEqualTo(6);
            assertThat(badly.err())
                    .isEqualTo("shop was not restarted: FAILED after 3.0s\n  NO_CAPACITY No node has room.\n");
        }
    }

    @Test
    void patience_that_ends_leaves_a_restart_alone() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("POST /api/v1/services/lifecycle-manager/restart", 202, "{\"token\": \"abcdefgh12345678\"}");
            platform.onProblem("GET /api/v1/operations/abcdefgh12345678", 503, "{\"status\": 503, \"code\": \"AWAY\"}");

            Run run = Run.whileTimePasses(
                    platform.addresses(), "restart", "service", "lifecycle-manager", "--timeout", "3s");

            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(run.err()).contains("it goes on", "Watch it with: gantry services");
        }
    }

    @Test
    void a_service_without_its_app_is_a_misuse_and_one_that_is_not_there_is_not_found() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.onProblem("POST /api/v1/apps/shop/restart", 404, """
                    {"status": 404, "code": "APP_NOT_RUNNING", "detail": "Nothing runs of shop."}""");

            assertThat(Run.gantry(platform.addresses(), "restart", "service", "shop/")
                            .exitCode())
                    .isEqualTo(2);
            assertThat(Run.gantry(platform.addresses(), "restart", "app", "shop")
                            .exitCode())
                    .isEqualTo(3);
        }
    }
}
