package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppsTest {
    private static final String SHOP = """
            {"name": "shop", "state": "ACTIVE", "url": "http://127.0.0.1:20001", "createdAt": "2026-02-27T12:00:00Z",
             "services": [
              {"name": "app-server", "kind": "service", "newest": 2,
               "versions": [
                {"version": 2, "sha256": "aaaaaaaaaaaabbbb", "size": 2048, "uploadedAt": "2026-03-01T11:00:00Z"},
                {"version": 1, "sha256": "ccccccccccccdddd", "size": 1000, "uploadedAt": "2026-02-27T12:00:00Z"}],
               "instances": [{"id": "shop-app-server-abcdefgh12345678-0", "version": 2},
                             {"id": "shop-app-server-abcdefgh12345678-1", "version": 2}]},
              {"name": "worker-api", "kind": "service", "newest": 1,
               "versions": [{"version": 1, "sha256": "eeeeeeeeeeeeffff", "size": 10, "uploadedAt": "2026-02-27T12:00:00Z"}],
               "instances": []}]}""";

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
    void apps_are_listed_with_what_runs_of_them() {
        platform.on("GET /api/v1/apps", 200, "[" + SHOP + "]");

        assertThat(gantry("apps").out()).isEqualTo("""
                        APP    STATE    URL                      INSTANCES                   AGE
                        shop   ACTIVE   http://127.0.0.1:20001   app-server=2 worker-api=0   2d
                        """);
    }

    @Test
    void one_app_is_shown_with_its_versions() {
        platform.on("GET /api/v1/apps/shop", 200, SHOP);

        assertThat(gantry("app", "shop").out()).isEqualTo("""
                        http://127.0.0.1:20001
                        SERVICE      VERSION   INSTANCES   SIZE      UPLOADED   SHA-256
                        app-server   2         2           2.0 KiB   1h ago     aaaaaaaaaaaa
                        app-server   1         0           1000 B    2d ago     cccccccccccc
                        worker-api   1         0           10 B      2d ago     eeeeeeeeeeee
                        """);
    }

    @Test
    void an_app_that_is_not_there_has_an_exit_code_of_its_own() {
        platform.onProblem(
                "GET /api/v1/apps/shop",
                404,
                "{\"status\": 404, \"code\": \"APP_NOT_FOUND\", \"detail\": \"There is no app \\\"shop\\\".\"}");

        Run run = gantry("app", "shop");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("error APP_NOT_FOUND There is no app \"shop\".\n");
    }

    @Test
    void a_problem_is_json_where_json_is_asked_for() {
        platform.onProblem("GET /api/v1/apps/shop", 404, "{\"status\": 404, \"code\": \"APP_NOT_FOUND\"}");

        assertThat(gantry("app", "shop", "--json").err()).startsWith("{").contains("\"code\" : \"APP_NOT_FOUND\"");
    }

    @Test
    void something_else_on_the_port_is_quoted() {
        platform.on("GET /api/v1/apps", 500, "<h1>Teapot</h1>");

        Run run = gantry("apps");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("error HTTP_500 <h1>Teapot</h1>\n");
    }

    @Test
    void a_delete_without_anybody_to_confirm_is_refused() {
        Run run = gantry("delete", "shop");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("gantry delete shop --yes");
        assertThat(platform.asked()).isEmpty();
    }

    @Test
    void a_delete_is_confirmed_by_typing_the_name() {
        platform.on("DELETE /api/v1/apps/shop", 202, SHOP, "/api/v1/deployments/abcdefgh12345678");

        assertThat(Run.answering("shop\n", platform.addresses(), "delete", "shop")
                        .out())
                .isEqualTo("abcdefgh12345678\n");
    }

    @Test
    void another_name_deletes_nothing() {
        Run run = Run.answering("ship\n", platform.addresses(), "delete", "shop");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("\"ship\" is not shop: nothing was done");
        assertThat(platform.asked()).isEmpty();
    }

    @Test
    void scaling_says_how_many_and_for_how_long() {
        platform.on("POST /api/v1/apps/shop/services/app-server/scale", 202, """
                {"app": "shop", "service": "app-server", "replicas": 3, "current": 1, "until": "2026-03-01T12:30:00Z",
                 "actions": [], "reason": "scaled to 3 by hand until 2026-03-01T12:30:00Z, 1 instance runs"}""");

        Run run = gantry("scale", "shop", "app-server=3", "--for", "30m");

        assertThat(run.err())
                .startsWith("app-server is to have 3 instances:"
                        + " scaled to 3 by hand until 2026-03-01T12:30:00Z, 1 instance runs");
        assertThat(platform.asked("POST /api/v1/apps/shop/services/app-server/scale")
                        .text())
                .isEqualTo("{\"replicas\":3,\"for\":\"30m\"}");
    }

    @Test
    void decisions_say_why() {
        platform.on("GET /api/v1/decisions?app=shop&limit=20", 200, """
                [{"id": 7, "at": "2026-03-01T11:58:00Z", "kind": "PLACEMENT", "app": "shop", "service": "app-server",
                  "instance": "shop-app-server-abcdefgh12345678-0", "outcome": "PLACED", "reason": "local is the least loaded of 1",
                  "detail": {}}]""");

        assertThat(gantry("decisions", "shop").out()).isEqualTo("""
                        WHEN     APP    SERVICE      DECIDED   BECAUSE
                        2m ago   shop   app-server   PLACED    local is the least loaded of 1
                        """);
    }

    private Run gantry(String... args) {
        return Run.gantry(platform.addresses(), args);
    }
}
