package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a large zip goes. */
class DirectUploadTest {
    private static final String SERVICE = "POST /api/v1/apps/shop/services/app-server";
    private static final String GRANT = SERVICE + "/uploads";
    private static final String DONE = SERVICE + "/uploads/abc/done";
    private static final String UPLOAD = SERVICE + "/versions";
    private static final String REQUEST = "POST /api/v1/apps/shop/deployments";
    private static final String BLOB = "PUT /account/landing/abc";
    private static final String SECRET = "hush";
    private static final String VERSION =
            "{\"app\": \"shop\", \"service\": \"app-server\", \"version\": 3, \"sha256\": \"00\", \"size\": 10}";
    private static final String ACCEPTED = """
            {"token": "abcdefgh12345678", "app": "shop", "mode": "BUILD_AND_RUN", "state": "ACCEPTED",
             "requestedAt": "2026-03-01T11:59:50Z", "services": [{"name": "app-server", "version": 3, "state": "QUEUED"}]}""";

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
    void a_large_service() throws IOException {
        byte[] noise = new byte[17 << 20];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("model.bin"), noise);
        Files.writeString(folder.resolve("config.json"), "{\"name\": \"app-server\", \"port\": 8000}");
        platform.on(UPLOAD, 201, VERSION).on(REQUEST, 202, ACCEPTED);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void where_it_is_offered_the_zip_goes_to_the_storage_and_the_scheduler_is_told() {
        granting();
        platform.on(BLOB, 201, "").on(DONE, 201, VERSION);

        Run run = deploy();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("version 3");
        assertThat(platform.asked()).doesNotContain(UPLOAD);
        assertThat(platform.asked())
                .filteredOn(what -> what.startsWith(BLOB) && what.contains("comp=block&"))
                .hasSize(3);
        assertThat(platform.asked())
                .filteredOn(what -> what.startsWith(BLOB) && what.contains("comp=blocklist"))
                .hasSize(1);
        assertThat(platform.asked(DONE).text()).matches("\\{\"sha256\":\"[0-9a-f]{64}\"}");
    }

    @Test
    void a_small_zip_is_not_asked_for() throws IOException {
        Files.delete(folder.resolve("model.bin"));

        assertThat(deploy().exitCode()).isZero();

        assertThat(platform.asked()).doesNotContain(GRANT).contains(UPLOAD);
    }

    @Test
    void where_it_is_not_offered_nobody_notices() {
        platform.onProblem(GRANT, 409, problem("UPLOAD_NOT_DIRECT"));

        assertSentTheOtherWay(deploy());
    }

    @Test
    void a_scheduler_that_has_never_heard_of_it_is_sent_the_zip() {
        assertSentTheOtherWay(deploy());
    }

    @Test
    void where_the_storage_lets_nobody_in_from_here_nobody_notices() {
        granting();
        platform.on(BLOB, 403, "");

        assertSentTheOtherWay(deploy());
    }

    @Test
    void where_the_storage_is_not_reached_from_here_nobody_notices() {
        platform.on(GRANT, 201, "{\"id\": \"abc\", \"url\": \"http://127.0.0.1:1/account/landing/abc?sig=hush\"}");

        assertSentTheOtherWay(deploy());
    }

    @Test
    void an_upload_that_went_wrong_on_its_way_goes_the_other_way() {
        granting();
        platform.on(BLOB, 201, "").onProblem(DONE, 409, problem("UPLOAD_DIFFERS"));

        assertSentTheOtherWay(deploy());
    }

    @Test
    void a_zip_that_is_refused_is_not_sent_once_more() {
        granting();
        platform.on(BLOB, 201, "").onProblem(DONE, 422, problem("NO_MANIFEST"));

        Run run = deploy();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("NO_MANIFEST").doesNotContain(SECRET);
        assertThat(platform.asked()).doesNotContain(UPLOAD);
    }

    private void assertSentTheOtherWay(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("abcdefgh12345678\n");
        assertThat(run.err()).doesNotContain("error", "UPLOAD_", SECRET);
        assertThat(platform.asked(UPLOAD).body().length).isGreaterThan(17 << 20);
    }

    private void granting() {
        platform.on(
                GRANT,
                201,
                "{\"id\": \"abc\", \"url\": \"%s/account/landing/abc?sig=%s\"}".formatted(platform.address(), SECRET));
    }

    private static String problem(String code) {
        return "{\"status\": 400, \"code\": \"%s\", \"detail\": \"No.\"}".formatted(code);
    }

    private Run deploy() {
        return Run.gantry(platform.addresses(), "deploy", folder.toString(), "--app", "shop");
    }
}
