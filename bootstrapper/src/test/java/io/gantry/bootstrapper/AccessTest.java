package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrapper.session.Contexts;
import io.gantry.contract.fleet.KeyText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which fleet is meant, and with which key; and the keys themselves. */
class AccessTest {
    private static final String KEY = KeyText.draw(new Random(1)).text();
    private static final String OTHER_KEY = KeyText.draw(new Random(2)).text();
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    Path config;

    private PlayedPlatform platform;
    private Contexts contexts;

    @BeforeEach
    void play() throws IOException {
        contexts = new Contexts(config.resolve("gantry"));
        platform = new PlayedPlatform();
        platform.on("GET /api/v1/nodes", 200, "{\"nodes\": []}").on("GET /api/v1/services", 200, """
                        {"services": [
                         {"name": "node-manager", "address": "127.0.0.1", "port": 1, "state": "NOT_READY"},
                         {"name": "node-manager", "address": "127.0.0.1", "port": %d, "state": "READY"}]}
                        """.formatted(
                        platform.address().getPort()));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void the_current_context_says_where_the_fleet_is_and_the_key_goes_with_every_request() {
        keep("shop", KEY, platform.address().toString());
        contexts.use("shop");

        assertThat(gantry("nodes").exitCode()).isZero();
        assertThat(platform.asked()).containsExactly("GET /api/v1/services", "GET /api/v1/nodes");
        assertThat(keySent("GET /api/v1/services")).isEqualTo("Bearer " + KEY);
        assertThat(keySent("GET /api/v1/nodes")).isEqualTo("Bearer " + KEY);
    }

    @Test
    void several_servers_are_tried_in_turn() {
        keep("shop", KEY, NOBODY, platform.address().toString());

        assertThat(gantry("nodes", "--context", "shop").exitCode()).isZero();
    }

    @Test
    void where_no_server_answers_all_are_named() {
        keep("shop", KEY, NOBODY, "http://127.0.0.1:2");

        Run run = gantry("nodes", "--context", "shop");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.err())
                .contains("The lifecycle-manager does not answer at http://127.0.0.1:1/ or http://127.0.0.1:2/")
                .contains("gantry context list");
    }

    @Test
    void an_option_is_heard_before_the_environment_before_the_context_before_this_machine() {
        keep("current", KEY, NOBODY);
        contexts.use("current");
        keep("other", KEY, platform.address().toString());
        var env = Map.of("GANTRY_SERVER", platform.address().toString(), "GANTRY_TOKEN", OTHER_KEY);

        assertThat(Run.elsewhere(env, contexts, "nodes", "--server", NOBODY).exitCode())
                .isEqualTo(69);
        assertThat(Run.elsewhere(env, contexts, "nodes", "--port-base", "1").exitCode())
                .isEqualTo(69);
        assertThat(Run.elsewhere(env, contexts, "nodes").exitCode()).isZero();
        assertThat(keySent("GET /api/v1/nodes")).isEqualTo("Bearer " + OTHER_KEY);
        assertThat(gantry("nodes", "--context", "other").exitCode()).isZero();
        assertThat(gantry("nodes").exitCode()).isEqualTo(69);
        contexts.useNone();
        assertThat(gantry("nodes").err()).contains("gantry dev");
    }

    @Test
    void a_contexts_key_goes_to_no_other_server() {
        keep("shop", KEY, NOBODY);
        contexts.use("shop");

        assertThat(gantry("nodes", "--server", platform.address().toString()).exitCode())
                .isZero();
        assertThat(platform.asked("GET /api/v1/nodes").headers()).doesNotContainKey("Authorization");
    }

    @Test
    void who_is_not_let_in_is_told_what_to_do() {
        platform.onProblem("GET /api/v1/services", 401, """
                {"status": 401, "code": "UNAUTHENTICATED", "detail": "This fleet wants an API key."}""");
        String server = platform.address().toString();

        Run run = gantry("nodes", "--server", server);
        Run misled = Run.elsewhere(Map.of("GANTRY_TOKEN", "gantry_oops"), contexts, "nodes", "--server", server);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("UNAUTHENTICATED", "GANTRY_TOKEN");
        assertThat(misled.exitCode()).isEqualTo(4);
        assertThat(misled.err()).contains("no API key").doesNotContain("gantry_oops");
    }

    @Test
    void an_address_without_port_is_a_lifecycle_managers() {
        assertThat(gantry("nodes", "--server", "127.0.0.1:1,ftp://x").exitCode())
                .isEqualTo(2);
        keep("shop", KEY, "10.0.0.4", "https://gantry.example.com");
        assertThat(contexts.named("shop").servers())
                .containsExactly(URI.create("http://10.0.0.4:7070/"), URI.create("https://gantry.example.com/"));
    }

    @Test
    void what_is_kept_is_its_owners_alone() throws IOException {
        keep("shop", KEY, NOBODY);
        contexts.use("shop");

        Path kept = config.resolve("gantry/contexts/shop.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.getParent())))
                .isEqualTo("rwx------");
        contexts.remove("shop");
        assertThat(contexts.names()).isEmpty();
        assertThat(contexts.current()).isEmpty();
    }

    @Test
    void contexts_are_listed_and_chosen() {
        keep("shop", KEY, NOBODY);
        keep("lab", KEY, NOBODY, "http://127.0.0.1:2");

        assertThat(gantry("context", "use", "shop").exitCode()).isZero();
        assertThat(gantry("context", "list").out()).isEqualTo("""
                        CONTEXT   CURRENT   SERVERS
                        lab       -         http://127.0.0.1:1/ http://127.0.0.1:2/
                        shop      yes       http://127.0.0.1:1/
                        """);
        assertThat(gantry("context", "list", "--json").out()).doesNotContain(KEY);
        assertThat(gantry("context", "use", "--none").exitCode()).isZero();
        assertThat(contexts.current()).isEmpty();
        assertThat(gantry("context", "use", "nowhere").exitCode()).isEqualTo(3);
        assertThat(gantry("context", "use", "../../etc/passwd").exitCode()).isEqualTo(3);
        assertThat(gantry("context", "use").exitCode()).isEqualTo(2);
    }

    @Test
    void a_key_is_made_and_shown_alone_where_it_can_be_piped() {
        platform.on("POST /api/v1/keys", 201, """
                {"id": "k7m2x9qd", "name": "ci", "role": "DEVELOPER", "createdAt": "2026-03-01T12:00:00Z",
                 "expiresAt": "2026-05-30T12:00:00Z", "key": "%s"}""".formatted(KEY));

        Run run = Run.gantry(platform.addresses(), "keys", "create", "ci");

        assertThat(run.out()).isEqualTo(KEY + "\n");
        assertThat(run.err()).contains("k7m2x9qd", "2026-05-30T12:00:00Z").doesNotContain(KEY);
        assertThat(platform.asked("POST /api/v1/keys").text())
                .isEqualTo("{\"name\":\"ci\",\"role\":\"DEVELOPER\",\"expiresIn\":\"90d\"}");
    }

    @Test
    void a_role_is_understood_in_any_case() {
        platform.on("POST /api/v1/keys", 201, """
                {"id": "k7m2x9qd", "name": "ada", "role": "OPERATOR", "createdAt": "2026-03-01T12:00:00Z",
                 "expiresAt": "2026-05-30T12:00:00Z", "key": "%s"}""".formatted(KEY));

        Run run = Run.gantry(platform.addresses(), "keys", "create", "ada", "--role", "operator");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(platform.asked("POST /api/v1/keys").text()).contains("\"role\":\"OPERATOR\"");
    }

    @Test
    void keys_are_listed_and_revoked() {
        platform.on("GET /api/v1/keys", 200, """
                {"keys": [{"id": "k7m2x9qd", "name": "ci", "role": "DEVELOPER", "createdAt": "2026-02-27T12:00:00Z",
                 "expiresAt": "2026-05-30T12:00:00Z", "state": "VALID"}]}""").on("DELETE /api/v1/keys/k7m2x9qd", 204, "");

        assertThat(Run.gantry(platform.addresses(), "keys", "list").out()).isEqualTo("""
                        KEY        NAME   ROLE        STATE   AGE   EXPIRES
                        k7m2x9qd   ci     DEVELOPER   VALID   2d    2026-05-30T12:00:00Z
                        """);
        assertThat(Run.gantry(platform.addresses(), "keys", "revoke", "k7m2x9qd")
                        .err())
                .isEqualTo("Revoked key k7m2x9qd\n");
    }

    private void keep(String name, String key, String... servers) {
        contexts.save(Contexts.Context.of(name, List.of(servers), key, List.of()));
    }

    private Run gantry(String... args) {
        return Run.elsewhere(Map.of(), contexts, args);
    }

    private String keySent(String what) {
        return platform.asked(what).headers().get("Authorization");
    }
}
