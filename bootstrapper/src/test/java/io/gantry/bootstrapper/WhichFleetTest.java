package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrapper.session.Contexts;
import io.gantry.contract.fleet.KeyText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs about a whole fleet mean the same one as all other verbs do. */
class WhichFleetTest {
    @TempDir
    Path folder;

    private PlayedPlatform platform;
    private Contexts contexts;

    @BeforeEach
    void play() throws IOException {
        contexts = new Contexts(folder.resolve("config"));
        platform = new PlayedPlatform();
        platform.on("GET /api/v1/machines", 200, """
                        {"machines": [{"name": "shop-vm", "role": "all", "labels": {"zone": "a"}, "state": "READY",
                          "address": "10.0.0.4", "cordoned": false}]}""")
                .on("GET /api/v1/services", 200, "{\"services\": []}")
                .on("GET /api/v1/reconciliation", 200, "{\"settled\": true, \"waitsFor\": []}");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void status_is_the_current_contexts() {
        keep("shop", platform.address());
        contexts.use("shop");

        Run run = gantry("status");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("shop-vm").contains("zone=a");
        assertThat(run.err()).contains("All is as it is to be");
    }

    @Test
    void status_shows_what_pools_have_and_why_machines_came_and_went() {
        keep("shop", platform.address());
        contexts.use("shop");
        platform.on("GET /api/v1/capacity", 200, """
                {"standing": "Nothing is short.", "shortages": [],
                 "pools": [{"name": "burst", "min": 0, "max": 2, "machines": ["burst-4"]}],
                 "decisions": [{"at": "2026-01-01T08:00:00Z", "kind": "ADD", "pool": "burst", "machine": "burst-4",
                                "reason": "1 instance of shop/web wait."}]}""");

        Run run = gantry("status");

        assertThat(run.out())
                .containsPattern("burst +0 +2 +burst-4 +Nothing is short.")
                .containsPattern("add +burst-4 +1 instance of shop/web wait.");
    }

    @Test
    void status_says_what_is_under_way_and_since_when_whoever_began_it() {
        keep("shop", platform.address());
        contexts.use("shop");
        platform.on("GET /api/v1/reconciliation", 200, """
                {"settled": false, "waitsFor": [], "steps": [
                  {"id": 1, "machine": "vm-3", "what": "create the machine", "state": "FAILED",
                   "startedAt": "2026-03-01T11:56:00Z", "endedAt": "2026-03-01T11:58:00Z"},
                  {"id": 2, "machine": "vm-3", "what": "create the machine", "state": "RUNNING",
                   "startedAt": "2026-03-01T11:58:00Z"}],
                 "ongoing": [{"machine": "vm-3", "what": "create vm-3", "since": "2026-03-01T11:56:00Z"}]}""");

        assertThat(gantry("status").err())
                .contains("Under way for 2m: vm-3: create the machine\nAzure has been at it for 4m: create vm-3\n")
                .doesNotContain("All is as it is to be");
    }

    @Test
    void status_is_the_named_contexts() {
        keep("shop", platform.address());
        keep("other", URI.create("http://127.0.0.1:1"));
        contexts.use("other");

        assertThat(gantry("status", "--context", "shop").out()).contains("shop-vm");
    }

    @Test
    void an_address_is_asked_whatever_the_context_is() {
        keep("other", URI.create("http://127.0.0.1:1"));
        contexts.use("other");

        assertThat(gantry("status", "--server", platform.address().toString()).out())
                .contains("shop-vm");
    }

    @Test
    void a_fleet_that_was_brought_up_elsewhere_is_not_removed_from_here() {
        keep("shop", platform.address());
        contexts.use("shop");

        for (String verb : List.of("down", "recover")) {
            Run run = gantry(verb, "--fleets-dir", folder.resolve("fleets").toString());
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err())
                    .contains("This computer does not know what the fleet shop is made of")
                    .contains("-f FILE");
        }
        assertThat(contexts.names()).containsExactly("shop");
    }

    private void keep(String name, URI server) {
        String key = KeyText.draw(new Random(1)).text();
        contexts.save(Contexts.Context.of(name, List.of(server.toString()), key, List.of()));
    }

    private Run gantry(String... args) {
        return Run.elsewhere(Map.of(), contexts, args);
    }
}
