package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployTest {
    private static final String UPLOAD = "POST /api/v1/apps/shop/services/app-server/versions";
    private static final String REQUEST = "POST /api/v1/apps/shop/deployments";
    private static final String EVENTS = "GET /api/v1/deployments/abcdefgh12345678/events";
    private static final String LOG = "GET /api/v1/deployments/abcdefgh12345678/services/app-server/log";

    private static final String UPLOADED = """
            {"app": "shop", "service": "app-server", "version": 3, "sha256": "00", "size": 10,
             "inferred": ["The runtime is python, because there is a requirements.txt."]}""";
    private static final String ACCEPTED = """
            {"token": "abcdefgh12345678", "app": "shop", "mode": "BUILD_AND_RUN", "state": "ACCEPTED",
             "requestedAt": "2026-03-01T11:59:50Z", "services": [{"name": "app-server", "version": 3, "state": "QUEUED"}]}""";
    private static final String BUILDING = """
            {"token": "abcdefgh12345678", "app": "shop", "mode": "BUILD_AND_RUN", "state": "RUNNING",
             "requestedAt": "2026-03-01T11:59:50Z", "services": [{"name": "app-server", "version": 3, "state": "BUILDING"}],
             "steps": [
              {"service": "app-server", "step": "QUEUED", "startedAt": "2026-03-01T11:59:50Z", "endedAt": "2026-03-01T11:59:51Z"},
              {"service": "app-server", "step": "BUILDING", "startedAt": "2026-03-01T11:59:51Z"}]}""";
    private static final String SUCCEEDED = """
            {"token": "abcdefgh12345678", "app": "shop", "mode": "BUILD_AND_RUN", "state": "SUCCEEDED",
             "requestedAt": "2026-03-01T11:59:50Z", "finishedAt": "2026-03-01T11:59:58.500Z", "url": "http://127.0.0.1:20001",
             "services": [{"name": "app-server", "version": 3, "state": "RUNNING", "image": "r/shop/app-server@sha256:0",
              "instances": [{"id": "shop-app-server-abcdefgh12345678-0", "node": "local", "address": "127.0.0.1", "port": 20001}]}],
             "steps": [
              {"service": "app-server", "step": "QUEUED", "startedAt": "2026-03-01T11:59:50Z", "endedAt": "2026-03-01T11:59:51Z"},
              {"service": "app-server", "step": "BUILDING", "startedAt": "2026-03-01T11:59:51Z", "endedAt": "2026-03-01T11:59:53.250Z"}]}""";
    private static final String FAILED = """
            {"token": "abcdefgh12345678", "app": "shop", "mode": "BUILD_AND_RUN", "state": "FAILED",
             "requestedAt": "2026-03-01T11:59:50Z", "finishedAt": "2026-03-01T11:59:58Z",
             "services": [{"name": "app-server", "version": 3, "state": "FAILED",
              "failure": {"kind": "REQUEST", "code": "CONTAINER_EXITED", "message": "It ended with exit code 3.", "exitCode": 3,
               "oomKilled": false, "lastProbe": "connection refused", "log": ["Traceback", "KeyError: 'DATABASE_URL'"]}}]}""";

    @TempDir
    Path folder;

    private final PlayedPlatform platform = played();

    private static PlayedPlatform played() {
        try {
            return new PlayedPlatform();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void write_a_service() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"name\": \"app-server\", \"port\": 8000}");
        Files.writeString(folder.resolve("app.py"), "print('hello')");
        platform.on(UPLOAD, 201, UPLOADED).on(REQUEST, 202, ACCEPTED);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void the_folder_arrives_as_a_zip() throws IOException {
        deploy();

        try (var zip = new ZipInputStream(
                new ByteArrayInputStream(platform.asked(UPLOAD).body()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("app.py");
            assertThat(zip.getNextEntry().getName()).isEqualTo("config.json");
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void the_version_that_was_uploaded_is_the_one_asked_for() {
        deploy();

        assertThat(platform.asked(REQUEST).text())
                .isEqualTo("{\"mode\":\"BUILD_AND_RUN\",\"services\":[{\"name\":\"app-server\",\"version\":3}]}");
    }

    @Test
    void without_waiting_the_token_is_the_answer() {
        Run run = deploy();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("abcdefgh12345678\n");
        assertThat(run.err())
                .contains("The runtime is python, because there is a requirements.txt.")
                .contains("gantry deployment abcdefgh12345678 --wait");
    }

    @Test
    void with_waiting_the_steps_are_told_and_the_url_is_the_answer() {
        platform.onEvents(EVENTS, BUILDING, SUCCEEDED);

        Run run = deploy("--wait");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("http://127.0.0.1:20001\n");
        assertThat(run.err().lines())
                .anyMatch(line -> line.matches(" +app-server +queued +1\\.0s"))
                .anyMatch(line -> line.matches(" +app-server +building +2\\.3s"))
                .last()
                .isEqualTo("shop is running after 8.5s");
    }

    @Test
    void as_json_the_answer_is_what_the_scheduler_said() {
        platform.onEvents(EVENTS, BUILDING, SUCCEEDED);

        Run run = deploy("--wait", "--json");

        assertThat(run.out()).startsWith("{").contains("\"url\" : \"http://127.0.0.1:20001\"", "app-server@sha256:0\"");
    }

    @Test
    void the_build_log_is_shown_where_it_is_asked_for() {
        platform.onEvents(EVENTS, BUILDING, SUCCEEDED).onEvents(LOG, "Step 1/4 : FROM gantry/python:1");

        assertThat(deploy("-v").err()).contains("| Step 1/4 : FROM gantry/python:1");
    }

    @Test
    void a_build_log_that_comes_a_second_after_the_end_is_shown_all_the_same() {
        platform.onEvents(EVENTS, BUILDING, SUCCEEDED)
                .onEvents(LOG, "Step 1/4 : FROM gantry/python:1")
                .late(LOG, Duration.ofSeconds(1));

        assertThat(deploy("-v").err()).contains("| Step 1/4 : FROM gantry/python:1");
    }

    @Test
    void a_failure_says_why_and_what_to_do() {
        platform.onEvents(EVENTS, FAILED);

        Run run = deploy("--wait");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("""
                        app-server failed: It ended with exit code 3.
                          code        CONTAINER_EXITED
                          exit code   3
                          last probe  connection refused
                          | Traceback
                          | KeyError: 'DATABASE_URL'
                        Mend the service or its config.json, then deploy it again.
                        """);
    }

    @Test
    void want_of_room_has_an_exit_code_of_its_own() {
        platform.onEvents(EVENTS, FAILED.replace("REQUEST", "CAPACITY"));

        assertThat(deploy("--wait").exitCode()).isEqualTo(6);
    }

    @Test
    void ill_health_has_an_exit_code_of_its_own() {
        platform.onEvents(EVENTS, FAILED.replace("CONTAINER_EXITED", "HEALTH_CHECK_FAILED"));

        assertThat(deploy("--wait").exitCode()).isEqualTo(8);
    }

    @Test
    void patience_that_ends_leaves_the_deployment_alone() {
        platform.onEvents(EVENTS, BUILDING);

        Run run = Run.whileTimePasses(
                platform.addresses(), "deploy", folder.toString(), "--app", "shop", "--timeout", "30s");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.err()).contains("it goes on", "gantry deployment abcdefgh12345678 --wait");
        assertThat(platform.asked()).noneMatch(what -> what.endsWith("/cancel"));
    }

    @Test
    void a_time_that_is_none_is_explained() {
        Run run = deploy("--timeout", "soon");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'soon': Not a time span: write 500ms, 10s, 2m or 1h");
    }

    @Test
    void a_refused_manifest_is_told_field_by_field() {
        platform.onProblem(UPLOAD, 422, """
                {"status": 422, "code": "INVALID_MANIFEST", "detail": "The manifest is wrong.",
                 "errors": [{"pointer": "/port", "message": "must be at most 65535"}]}""");

        Run run = deploy();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .endsWith("error INVALID_MANIFEST The manifest is wrong.\n  /port: must be at most 65535\n");
        assertThat(platform.asked()).doesNotContain(REQUEST);
    }

    @Test
    void no_temporary_zip_is_left_behind() throws IOException {
        Run run = deploy("--service", "left-behind");

        assertThat(run.exitCode()).isEqualTo(3);
        try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("gantry-left-behind-"));
        }
    }

    private Run deploy(String... options) {
        var args = new ArrayList<>(List.of("deploy", folder.toString(), "--app", "shop"));
        args.addAll(List.of(options));
        return Run.gantry(platform.addresses(), args.toArray(String[]::new));
    }
}
