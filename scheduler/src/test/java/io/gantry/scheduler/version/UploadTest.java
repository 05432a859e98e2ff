package io.gantry.scheduler.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bundle.Zips;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerTest;
import io.gantry.storage.InMemoryBlobStore;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@SchedulerTest
class UploadTest {
    @Autowired
    Api api;

    @Autowired
    InMemoryBlobStore blobs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ReceptionFolder reception;

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        jdbc.sql("delete from app").update();
        blobs.keys().forEach(blobs::delete);
    }

    @AfterEach
    void no_received_file_is_left() throws IOException {
        try (Stream<Path> files = Files.list(reception.path())) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly(".lock");
        }
    }

    @Test
    void a_good_bundle_becomes_version_1() {
        Answer answer = api.upload("shop", "app-server", bundle("1"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).contains("/api/v1/apps/shop/services/app-server/versions/1");
        assertThat(answer.at("/app")).isEqualTo("shop");
        assertThat(answer.at("/service")).isEqualTo("app-server");
        assertThat(answer.json().at("/version").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/manifest/port").asInt()).isEqualTo(8000);
        assertThat(answer.at("/inferred/0")).isEqualTo("The runtime is python, because there is a app.py.");
        assertThat(blobs.keys()).containsExactly(answer.at("/sha256") + ".zip");
    }

    @Test
    void the_same_bytes_again_are_the_same_version() {
        Path zip = bundle("1");
        api.upload("shop", "app-server", zip);
        Answer again = api.upload("shop", "app-server", zip);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().at("/version").asInt()).isEqualTo(1);
        assertThat(api.get(Api.versions("shop", "app-server")).json()).hasSize(1);
    }

    @Test
    void bytes_that_the_storage_has_lost_are_there_again_when_they_are_uploaded_again() {
        Path zip = bundle("1");
        String key = api.upload("shop", "app-server", zip).json().at("/sha256").asString() + ".zip";
        blobs.delete(key);
        assertThat(api.upload("shop", "app-server", zip).status()).isEqualTo(200);
        assertThat(blobs.keys()).containsExactly(key);
    }

    @Test
    void other_bytes_are_the_next_version_and_the_newest_comes_first() {
        Path first = bundle("1");
        api.upload("shop", "app-server", first);
        assertThat(api.upload("shop", "app-server", bundle("2"))
                        .json()
                        .at("/version")
                        .asInt())
                .isEqualTo(2);
        assertThat(versions()).containsExactly(2, 1);
        api.upload("shop", "app-server", first);
        assertThat(versions()).containsExactly(1, 2);
    }

    @Test
    void the_same_bytes_for_two_services_are_stored_once() {
        Path zip = Zips.at(folder)
                .file("config.json", "{\"port\": 1}")
                .file("app.py", "")
                .done();
        api.upload("shop", "app-server", zip);
        api.upload("shop", "worker-api", zip);
        assertThat(blobs.keys()).hasSize(1);
    }

    @Test
    void a_body_of_unknown_length_is_taken() {
        assertThat(api.uploadStreamed("shop", "app-server", bundle("1")).status())
                .isEqualTo(201);
    }

    @Test
    void a_form_is_taken() throws IOException {
        Answer answer = form("bundle", Files.readAllBytes(bundle("1")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(api.get(answer.header("Location").orElseThrow()).at("/sha256"))
                .isEqualTo(answer.at("/sha256"));
    }

    @Test
    void a_form_without_the_field_is_refused() {
        Answer answer = form("zip", new byte[10]);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_FORM");
        assertThat(answer.pointers()).containsExactly("bundle");
    }

    @Test
    void a_body_that_is_neither_is_refused() {
        Answer answer = api.post(Api.versions("shop", "app-server"), "{}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_name_that_is_none_is_refused() {
        for (String name : List.of("Shop", "a%3Bid", "a%0Ab", "-v", "a".repeat(300))) {
            Answer answer = api.upload(name, "app-server", bundle("1"));
            assertThat(answer.status()).as(name).isEqualTo(400);
            assertThat(answer.pointers()).containsExactly("app");
        }
        assertThat(api.upload("shop", "App_Server", bundle("1")).pointers()).containsExactly("service");
        assertNothingStored();
    }

    @Test
    void what_is_no_zip_is_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no zip");
        assertRefused(api.upload("shop", "app-server", text), 400, "NOT_A_ZIP");
        assertRefused(api.upload("shop", "app-server", Files.createFile(folder.resolve("nothing"))), 400, "EMPTY_ZIP");
    }

    @Test
    void a_path_that_leaves_the_bundle_is_refused_by_its_name() {
        Answer answer = api.upload(
                "shop", "app-server", Zips.at(folder).file("../x", "1").done());
        assertRefused(answer, 422, "PATH_LEAVES_BUNDLE");
        assertThat(answer.at("/detail")).contains("../x");
    }

    @Test
    void a_bomb_is_refused() {
        Path zip = Zips.at(folder).file("zeros", new byte[4 << 20]).done();
        assertRefused(api.upload("shop", "app-server", zip), 413, "RATIO_TOO_HIGH");
    }

    @Test
    void a_zip_that_is_too_large_is_refused_with_or_without_its_length() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[9 << 20]);
        assertRefused(api.uploadStreamed("shop", "app-server", large), 413, "ZIP_TOO_LARGE");
        assertRefused(form("bundle", Files.readAllBytes(large)), 413, "ZIP_TOO_LARGE");
        assertThat(cut(9 << 20, new byte[0])).contains("413", "ZIP_TOO_LARGE");
    }

    @Test
    void a_bundle_without_anything_to_run_is_refused() {
        Path zip = Zips.at(folder).file("notes.txt", "1").done();
        assertRefused(api.upload("shop", "app-server", zip), 422, "NO_MANIFEST");
    }

    @Test
    void every_problem_of_a_manifest_is_told_with_its_place() {
        Path zip = Zips.at(folder)
                .file("config.json", "{\"prot\": 8000, \"resources\": {\"memory\": \"1 zillion\"}, \"port\": 70000}")
                .file("app.py", "")
                .done();
        Answer answer = api.upload("shop", "app-server", zip);
        assertRefused(answer, 422, "INVALID_MANIFEST");
        assertThat(answer.pointers()).containsExactly("/port", "/prot", "/resources/memory");
        assertThat(answer.at("/errors/1/message")).contains("did you mean \"port\"?");
    }

    @Test
    void a_bundle_of_another_service_is_refused() {
        Answer answer = api.upload("shop", "worker-api", bundle("1"));
        assertRefused(answer, 422, "INVALID_MANIFEST");
        assertThat(answer.pointers()).containsExactly("/name");
    }

    @Test
    void a_body_that_ends_early_leaves_nothing() throws IOException {
        byte[] zip = Files.readAllBytes(bundle("1"));
        assertThat(cut(zip.length, Arrays.copyOf(zip, zip.length / 2)))
                .contains("400", "BODY_ENDED_EARLY", "application/problem+json");
        assertNothingStored();
    }

    @Test
    void a_store_that_is_away_is_said_and_leaves_nothing() {
        blobs.setAway(true);
        Answer answer = api.upload("shop", "app-server", bundle("1"));
        blobs.setAway(false);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("STORAGE_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isPresent();
        assertNothingStored();
    }

    @Test
    void the_same_bytes_uploaded_by_many_at_once_are_one_version() throws Exception {
        Path zip = bundle("1");
        List<Answer> answers = atOnce(8, _ -> zip);
        assertThat(answers).extracting(Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(versions()).containsExactly(1);
    }

    @Test
    void other_bytes_uploaded_by_many_at_once_are_one_version_each() throws Exception {
        List<Answer> answers = atOnce(8, i -> bundle("number " + i));
        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(versions()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void what_is_not_there_is_said_with_what_is() {
        assertThat(api.get(Api.versions("none", "x")).code()).isEqualTo("APP_NOT_FOUND");
        api.upload("shop", "app-server", bundle("1"));
        assertThat(api.get(Api.versions("none", "x")).at("/detail")).contains("shop");
        assertThat(api.get(Api.versions("shop", "x")).at("/detail")).contains("app-server");
        Answer version = api.get(Api.versions("shop", "app-server") + "/7");
        assertThat(version.status()).isEqualTo(404);
        assertThat(version.code()).isEqualTo("VERSION_NOT_FOUND");
        assertThat(version.at("/detail")).contains("it has 1");
        assertThat(api.get(Api.versions("shop", "app-server") + "/x").status()).isEqualTo(400);
    }

    @Test
    void the_schema_of_config_json_is_served() {
        Answer schema = api.get("/api/v1/schema/config.json");
        assertThat(schema.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/schema+json"));
        assertThat(schema.json().at("/properties/port/maximum").asInt()).isEqualTo(65535);
    }

    private Path bundle(String text) {
        return Zips.at(folder)
                .file("config.json", "{\"name\": \"app-server\", \"port\": 8000}")
                .file("app.py", "print('%s')".formatted(text))
                .done();
    }

    private List<Integer> versions() {
        return api.get(Api.versions("shop", "app-server"))
                .json()
                .valueStream()
                .map(version -> version.path("version").asInt())
                .toList();
    }

    private List<Answer> atOnce(int count, IntFunction<Path> zip) throws Exception {
        List<Callable<Answer>> uploads = IntStream.range(0, count)
                .mapToObj(zip)
                .map(path -> (Callable<Answer>) () -> api.upload("shop", "app-server", path))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(uploads).stream().map(Future::resultNow).toList();
        }
    }

    private Answer form(String field, byte[] bytes) {
        BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofString("""
                        --limit\r
                        Content-Disposition: form-data; name="note"\r
                        \r
                        hello\r
                        --limit\r
                        Content-Disposition: form-data; name="%s"; filename="x.zip"\r
                        Content-Type: application/zip\r
                        \r
                        """.formatted(field)),
                BodyPublishers.ofByteArray(bytes),
                BodyPublishers.ofString("\r\n--limit--\r\n"));
        return api.post(Api.versions("shop", "app-server"), "multipart/form-data; boundary=limit", body);
    }

    private String cut(long promised, byte[] sent) throws IOException {
        return CutConnection.post(api.port(), Api.versions("shop", "app-server"), promised, sent);
    }

    private void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertNothingStored();
    }

    private void assertNothingStored() {
        assertThat(blobs.keys()).isEmpty();
        assertThat(api.get("/api/v1/apps").json()).isEmpty();
    }
}
