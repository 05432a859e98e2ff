package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LookTest {
    @Test
    void ps_lists_what_runs() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/instances?app=shop", 200, """
                    {"instances": [
                     {"id": "shop-app-server-abcdefgh12345678-0", "app": "shop", "service": "app-server", "version": 3,
                      "kind": "service", "image": "r/shop/app-server@sha256:0", "deployment": "abcdefgh12345678", "node": "local",
                      "address": "127.0.0.1", "port": 20001, "resources": {"cpus": 0.5, "memory": "256Mi", "pids": 256},
                      "startedAt": "2026-03-01T10:00:00Z", "state": "RUNNING"},
                     {"id": "shop-mailer-abcdefgh12345678-0", "app": "shop", "service": "mailer", "version": 1,
                      "kind": "worker", "image": "r/shop/mailer@sha256:0", "deployment": "abcdefgh12345678", "node": "local",
                      "address": "127.0.0.1", "resources": {"cpus": 0.5, "memory": "256Mi", "pids": 256},
                      "startedAt": "2026-03-01T11:59:15Z", "state": "DEAD", "detail": "exit code 137, out of memory"}]}""");

            assertThat(Run.gantry(platform.addresses(), "ps", "shop").out()).isEqualTo("""
                            APP    SERVICE      VERSION   STATE                                 NODE    ADDRESS           AGE   INSTANCE
                            shop   app-server   3         RUNNING                               local   127.0.0.1:20001   2h    shop-app-server-abcdefgh12345678-0
                            shop   mailer       1         DEAD (exit code 137, out of memory)   local   -                 45s   shop-mailer-abcdefgh12345678-0
                            """);
        }
    }

    @Test
    void an_empty_list_is_said_to_people_and_not_to_scripts() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/instances", 200, "{\"instances\": []}");

            Run run = Run.gantry(platform.addresses(), "ps");

            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isEqualTo("Nothing runs.\n");
        }
    }

    @Test
    void every_empty_list_is_said_in_a_sentence() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/nodes", 200, "{\"nodes\": []}")
                    .on("GET /api/v1/machines", 200, "{\"machines\": []}")
                    .on("GET /api/v1/decisions", 200, "[]")
                    .on("GET /api/v1/apps/shop/deployments", 200, "[]");

            platform.on("GET /api/v1/instances?app=shop", 200, "{\"instances\": []}");

            assertThat(saidOf(platform, "ps", "shop")).isEqualTo("Nothing of shop runs.\n");
            assertThat(saidOf(platform, "nodes")).isEqualTo("There is no node: nothing can run.\n");
            assertThat(saidOf(platform, "machines"))
                    .isEqualTo("This is no fleet of machines. What instances run on: gantry nodes\n");
            assertThat(saidOf(platform, "decisions")).isEqualTo("Nothing was decided.\n");
            assertThat(saidOf(platform, "deployments", "shop"))
                    .isEqualTo("shop was never deployed. What was uploaded: gantry app shop\n");
        }
    }

    private static String saidOf(PlayedPlatform platform, String... args) {
        Run run = Run.gantry(platform.addresses(), args);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    @Test
    void nodes_lists_machines() throws IOException {
        try (var platform = new PlayedPlatform()) {
            platform.on("GET /api/v1/nodes", 200, """
                    {"nodes": [{"id": "local", "engine": "unix:///var/run/docker.sock", "address": "127.0.0.1", "cpus": 2.0,
                     "memory": "16Gi", "labels": {"zone": "1"}, "state": "UNREACHABLE", "cordoned": true,
                     "since": "2026-03-01T11:00:00Z", "problem": "connection refused"}]}""");

            assertThat(Run.gantry(platform.addresses(), "nodes").out()).isEqualTo("""
                            NODE    ADDRESS     CPUS   MEMORY   STATE                                        SINCE   LABELS
                            local   127.0.0.1   2.0    16 GiB   UNREACHABLE, cordoned (connection refused)   1h      zone=1
                            """);
        }
    }
}
