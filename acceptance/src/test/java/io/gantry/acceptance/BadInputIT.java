package io.gantry.acceptance;

import static io.gantry.acceptance.driver.App.APP_SERVER;
import static io.gantry.acceptance.driver.Mode.BUILD_AND_RUN;
import static io.gantry.acceptance.driver.Mode.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.Answer;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.HostileZip;
import io.gantry.acceptance.driver.RawRequest;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is refused with a code and the field, and nothing of it stays. */
@WithGantry
class BadInputIT {
    private static final Bundle HELLO = Bundle.ofExample("hello-python");

    @ParameterizedTest
    @EnumSource
    void a_hostile_zip_is_refused_by_its_name(HostileZip zip, Gantry gantry) {
        var app = gantry.app("zip");
        var answer = app.offer(APP_SERVER, zip.bytes());
        assertThat(answer.problem().code()).isEqualTo(zip.code());
        assertThat(answer.status()).isIn(400, 413, 422);
        app.get().expect(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /prot             | {"prot": 8000, "port": 8000}
            /port             | {"port": 0}
            /port             | {"port": 70000}
            /port             | {"port": "http"}
            /port             | {"port": "80\\nRUN id"}
            /name             | {"name": "Shop", "port": 8000}
            /name             | {"name": "shop\\nid", "port": 8000}
            /name             | {"name": "shop;id", "port": 8000}
            /name             | {"name": "another", "port": 8000}
            /runtime          | {"runtime": "x\\nFROM y", "port": 8000}
            /command          | {"command": 7, "port": 8000}
            /command/1        | {"command": ["python3", 7], "port": 8000}
            /env              | {"env": {"A=B": "1"}, "port": 8000}
            /env/N            | {"env": {"N": 1}, "port": 8000}
            /health/path      | {"health": {"path": "/a b"}, "port": 8000}
            /resources/memory | {"resources": {"memory": "1 zillion"}, "port": 8000}
            /scale/max        | {"scale": {"min": 3, "max": 1}, "port": 8000}
            /port             | {"kind": "worker", "port": 8000}
            /privileged       | {"privileged": true, "port": 8000}
            """)
    void a_manifest_with_a_mistake_is_refused_at_the_field(String pointer, String config, Gantry gantry) {
        var app = gantry.app("manifest");
        var problem = app.offer(APP_SERVER, HELLO.with("config.json", config).zip())
                .expect(422)
                .problem();
        assertThat(problem.code()).isEqualTo("INVALID_MANIFEST");
        assertThat(problem.pointers()).contains(pointer);
        app.get().expect(404);
    }

    @Test
    void a_misspelt_key_is_answered_with_the_right_one(Gantry gantry) {
        var answer = gantry.app("spelling")
                .offer(APP_SERVER, HELLO.with("config.json", "{\"prot\": 8000}").zip());
        assertThat(answer.problem().errors()).anyMatch(error -> error.message().contains("\"port\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "a;id", "a%3Bid", "$(id)", "-v", "a%0Aid", "%2e%2e", "a_b", "`id`"})
    void a_name_that_is_none_is_refused_by_every_verb(String name, Gantry gantry) {
        String encoded = name.replace("`", "%60");
        String app = "/api/v1/apps/" + encoded;
        String service = "/api/v1/apps/shop/services/" + encoded;
        var refused = Stream.of(
                Rest.get(gantry.scheduler(app)),
                Rest.delete(gantry.scheduler(app)),
                Rest.postJson(gantry.scheduler(app + "/deployments"), Map.of("mode", RUN)),
                Rest.postJson(gantry.scheduler(app + "/schedules"), Map.of("mode", RUN)),
                upload(gantry, app + "/services/app-server/versions"),
                upload(gantry, service + "/versions"),
                Rest.postJson(gantry.loadBalancer(service + "/scale"), Map.of("replicas", 2)));
        assertThat(refused).allSatisfy(answer -> assertThat(answer.status()).isIn(400, 404, 422));
    }

    @Test
    void a_name_of_three_hundred_letters_is_refused(Gantry gantry) {
        var answer = upload(gantry, "/api/v1/apps/%s/services/app-server/versions".formatted("a".repeat(300)));
        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.problem().code()).isNotBlank();
    }

    @Test
    void what_does_not_exist_is_not_deployed(Gantry gantry) {
        var app = gantry.app("absent");
        assertThat(app.order(Map.of("mode", RUN)).expect(404).problem().code()).isNotBlank();

        app.upload(HELLO);
        var noVersion = app.order(order(APP_SERVER, 7)).expect(404).problem();
        assertThat(noVersion.code()).isEqualTo("VERSION_NOT_FOUND");
        assertThat(noVersion.pointers()).containsExactly("/services/0/version");
        var noService = app.order(order("nobody", 1)).expect(404).problem();
        assertThat(noService.code()).isEqualTo("SERVICE_NOT_FOUND");
        assertThat(noService.pointers()).containsExactly("/services/0/name");
        Rest.get(gantry.scheduler("/api/v1/deployments/abcdefgh12345678")).expect(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /mode       | {"mode": "EXPLODE"}
            /mode       | {}
            /services/0/version | {"mode": "RUN", "services": [{"name": "app-server", "version": "one"}]}
            """)
    void a_wrong_deployment_request_is_refused_at_the_field(String pointer, String body, Gantry gantry) {
        var app = gantry.app("order");
        app.upload(HELLO);
        var answer = app.order(body);
        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.problem().pointers()).contains(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /cron     | {"mode": "RUN", "cron": "every day"}
            /timeZone | {"mode": "RUN", "cron": "0 2 * * *", "timeZone": "Europe/Atlantis"}
            /at       | {"mode": "RUN", "at": "tomorrow"}
            /at       | {"mode": "RUN"}
            """)
    void a_wrong_schedule_is_refused_at_the_field(String pointer, String body, Gantry gantry) {
        var app = gantry.app("time");
        app.upload(HELLO);
        var answer = app.plan(body);
        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.problem().pointers()).contains(pointer);
        assertThat(app.schedules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100000", "\"three\"", "null", "1.5"})
    void a_wrong_number_of_replicas_is_refused(String replicas, Gantry gantry) {
        var answer = gantry.app("many").scale(APP_SERVER, "{\"replicas\": %s}".formatted(replicas));
        assertThat(answer.status()).isIn(400, 404, 422);
        assertThat(answer.problem().code()).isNotBlank();
    }

    @Test
    void a_json_body_of_a_hundred_megabytes_is_refused_without_being_read(Gantry gantry) {
        var app = gantry.app("large");
        app.upload(HELLO);
        var answer = RawRequest.announced(app.at("/deployments"), "application/json", 100 << 20, new byte[1000]);
        assertThat(answer).contains("413", "BODY_TOO_LARGE");
    }

    @Test
    void an_upload_that_ends_early_leaves_nothing(Gantry gantry) {
        var app = gantry.app("early");
        var zip = HELLO.zip();
        RawRequest.cutShort(
                app.versions(APP_SERVER), "application/zip", zip.length, Arrays.copyOf(zip, zip.length / 2));
        app.get().expect(404);
        assertThat(app.upload(HELLO).version()).isEqualTo(1);
    }

    @Test
    void uploads_at_the_same_time_become_versions_of_their_own(Gantry gantry) {
        var app = gantry.app("racing");
        var uploads = Stream.of("one", "two", "three")
                .map(text -> HELLO.with("note.txt", text))
                .map(bundle -> CompletableFuture.supplyAsync(() -> app.upload(bundle)))
                .toList();
        assertThat(uploads.stream().map(upload -> upload.join().version())).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void the_same_zip_uploaded_twice_at_the_same_time_is_one_version(Gantry gantry) {
        var app = gantry.app("twins");
        var uploads = Stream.generate(() -> CompletableFuture.supplyAsync(() -> app.upload(HELLO)))
                .limit(2)
                .toList();
        assertThat(uploads.stream().map(upload -> upload.join().version())).containsOnly(1);
    }

    @Test
    void texts_that_would_break_out_stay_texts(Gantry gantry) {
        var app = gantry.app("texts");
        String hostile = "a\"'\nRUN touch /hacked\n$(touch /tmp/hacked) `id` ${PATH} \\ ; # end";
        var deployment = app.run(Bundle.ofPython(
                Rest.text(Map.of(
                        "port",
                        8000,
                        "env",
                        Map.of("HOSTILE", hostile),
                        "command",
                        List.of("python3", "app.py", hostile))),
                """
                import json, os, sys
                from http.server import BaseHTTPRequestHandler, HTTPServer

                class Answer(BaseHTTPRequestHandler):
                    def do_GET(self):
                        hacked = [path for path in ("/hacked", "/tmp/hacked") if os.path.exists(path)]
                        said = {"env": os.environ["HOSTILE"], "argument": sys.argv[1], "hacked": hacked}
                        body = json.dumps(said).encode()
                        self.send_response(200)
                        self.send_header("Content-Length", str(len(body)))
                        self.end_headers()
                        self.wfile.write(body)

                HTTPServer(("", 8000), Answer).serve_forever()
                """));

        var said = Rest.get(deployment.url()).expect(200).json();
        assertThat(said.path("env").asString()).isEqualTo(hostile);
        assertThat(said.path("argument").asString()).isEqualTo(hostile);
        assertThat(said.path("hacked")).isEmpty();
    }

    @Test
    void a_page_of_another_site_can_change_nothing(Gantry gantry) {
        var app = gantry.app("foreign");
        app.upload(HELLO);
        var answer = app.order(Map.of("mode", BUILD_AND_RUN), "Origin", "https://elsewhere.example");
        assertThat(answer.expect(403).problem().code()).isEqualTo("FOREIGN_ORIGIN");
    }

    private static Map<String, Object> order(String service, int version) {
        return Map.of("mode", RUN, "services", List.of(Map.of("name", service, "version", version)));
    }

    private static Answer upload(Gantry gantry, String path) {
        return Rest.post(gantry.scheduler(path), "application/zip", BodyPublishers.ofByteArray(HELLO.zip()));
    }
}
