package io.gantry.scheduler.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.gantry.bundle.Zips;
import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.Sha256;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerTest;
import io.gantry.storage.Azurite;
import io.gantry.storage.GrantedBlob;
import io.gantry.storage.InMemoryBlobStore;
import io.gantry.storage.Landing;
import io.gantry.storage.NoSuchBlob;
import io.gantry.web.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Zips that go straight into a real Azurite, by what the scheduler grants. */
@SchedulerTest
@ExtendWith(OutputCaptureExtension.class)
class GrantedUploadIT {
    private static final String UPLOADS = "/api/v1/apps/shop/services/app-server/uploads";
    private static final Instant LONG_AFTER = Instant.parse("2100-01-01T00:00:00Z");
    private static final String TALKATIVE = "org.springframework.web";
    private static final Azurite AZURITE = new Azurite();

    @Autowired
    Api api;

    @Autowired
    GrantedUploads granted;

    @Autowired
    Landing landing;

    @Autowired
    InMemoryBlobStore bundles;

    @Autowired
    Scheduler work;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LoggingSystem logging;

    @TempDir
    Path folder;

    private record Grant(String id, URI url) {}

    @DynamicPropertySource
    static void storage(DynamicPropertyRegistry properties) {
        AZURITE.start();
        properties.add("gantry.storage.connection-string", AZURITE::connectionString);
        properties.add("gantry.storage.direct", () -> true);
    }

    @AfterAll
    static void stop() {
        AZURITE.close();
    }

    @AfterEach
    void talk_less() {
        logging.setLogLevel(TALKATIVE, null);
    }

    @BeforeEach
    void forget() {
        jdbc.sql("delete from app").update();
        jdbc.sql("delete from granted_upload").update();
        bundles.keys().forEach(bundles::delete);
    }

    @Test
    void what_was_put_into_the_storage_becomes_a_version_as_if_it_had_been_sent_to_us() throws Exception {
        Path zip = bundle(6);
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        Answer answer = done(grant, Sha256.of(zip));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).contains("/api/v1/apps/shop/services/app-server/versions/1");
        assertThat(answer.at("/sha256")).isEqualTo(Sha256.of(zip));
        assertThat(bundles.open(Sha256.of(zip) + ".zip")).hasSameContentAs(Files.newInputStream(zip));
    }

    @Test
    void who_was_not_answered_says_again_that_it_is_done_and_gets_the_same_version() throws Exception {
        Path zip = bundle(1);
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        done(grant, Sha256.of(zip));
        Answer again = done(grant, Sha256.of(zip));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().at("/version").asInt()).isEqualTo(1);
    }

    @Test
    void what_is_there_is_checked_like_any_other_zip() throws Exception {
        Path zip = Zips.at(folder).file("../x", "1").done();
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        assertRefused(done(grant, Sha256.of(zip)), 422, "PATH_LEAVES_BUNDLE");
    }

    @Test
    void what_is_there_must_be_what_was_to_be_sent() throws Exception {
        Path zip = bundle(1);
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        assertRefused(done(grant, "0".repeat(64)), 409, "UPLOAD_DIFFERS");
    }

    @Test
    void more_than_may_be_is_refused_before_it_leaves_and_after() throws Exception {
        Path large = bundle(9);
        assertRefused(api.post(UPLOADS, "{\"size\": %d}".formatted(Files.size(large))), 413, "ZIP_TOO_LARGE");
        Grant grant = grant(bundle(1));
        GrantedBlob.put(grant.url(), large, _ -> {});
        assertRefused(done(grant, Sha256.of(large)), 413, "ZIP_TOO_LARGE");
    }

    @Test
    void what_is_not_there_yet_is_said_with_what_to_do() throws Exception {
        Answer answer = done(grant(bundle(1)), "0".repeat(64));
        assertRefused(answer, 409, "UPLOAD_NOT_THERE");
        assertThat(answer.at("/detail")).contains("put the blocks and then their list");
    }

    @Test
    void an_upload_is_for_the_service_that_it_was_granted_for() throws Exception {
        Path zip = bundle(1);
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        String other = "/api/v1/apps/shop/services/other/uploads/%s/done".formatted(grant.id());
        assertRefused(api.post(other, "{\"sha256\": \"%s\"}".formatted(Sha256.of(zip))), 404, "UPLOAD_NOT_FOUND");
    }

    @Test
    void what_is_put_there_while_it_is_checked_is_not_taken_for_what_was_checked() throws Exception {
        Path zip = bundle(7);
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        try (InputStream half = granted.open(new AppName("shop"), new ServiceName("app-server"), grant.id())) {
            half.readNBytes(1 << 20);
            GrantedBlob.put(grant.url(), bundle(7), _ -> {});
            assertThatThrownBy(half::readAllBytes)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo("UPLOAD_NOT_READ"));
        }
    }

    @Test
    void what_nobody_can_put_any_more_is_swept_whether_it_was_finished_or_not() throws Exception {
        Path zip = bundle(1);
        Grant finished = grant(zip);
        GrantedBlob.put(finished.url(), zip, _ -> {});
        Grant unfinished = grant(zip);
        granted.sweep();
        assertThat(grants()).isEqualTo(2);
        granted.sweepExpiredBefore(LONG_AFTER);
        assertThat(grants()).isZero();
        assertThatThrownBy(() -> landing.open(finished.id())).isInstanceOf(NoSuchBlob.class);
        assertRefused(done(finished, Sha256.of(zip)), 404, "UPLOAD_NOT_FOUND");
        assertRefused(done(unfinished, Sha256.of(zip)), 404, "UPLOAD_NOT_FOUND");
    }

    @Test
    void what_died_between_the_storage_and_the_row_is_swept_again() throws Exception {
        Path zip = bundle(1);
        Grant grant = grant(zip);
        GrantedBlob.put(grant.url(), zip, _ -> {});
        landing.discard(grant.id());
        granted.sweepExpiredBefore(LONG_AFTER);
        assertThat(grants()).isZero();
    }

    @Test
    void somebody_looks_again_and_again() {
        assertThat(work.getScheduledExecutions())
                .extracting(execution -> execution.getTaskInstance().getTaskName())
                .contains("granted-uploads");
    }

    @Test
    void the_address_is_told_to_who_asked_and_nobody_else(CapturedOutput log) throws Exception {
        logging.setLogLevel(TALKATIVE, LogLevel.DEBUG);
        Path zip = bundle(1);
        Answer answer = api.post(UPLOADS, "{\"size\": %d}".formatted(Files.size(zip)));
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.at("/url")).contains("sig=");
        GrantedBlob.put(URI.create(answer.at("/url")), zip, _ -> {});
        done(new Grant(answer.at("/id"), URI.create(answer.at("/url"))), "0".repeat(64));
        assertThat(log.getAll()).contains("UploadGrant[id=").doesNotContain("sig=");
    }

    private Grant grant(Path zip) throws IOException {
        Answer answer = api.post(UPLOADS, "{\"size\": %d}".formatted(Files.size(zip)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return new Grant(answer.at("/id"), URI.create(answer.at("/url")));
    }

    private Answer done(Grant grant, String sha256) {
        return api.post("%s/%s/done".formatted(UPLOADS, grant.id()), "{\"sha256\": \"%s\"}".formatted(sha256));
    }

    private int grants() {
        return jdbc.sql("select count(*) from granted_upload")
                .query(Integer.class)
                .single();
    }

    private void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(bundles.keys()).isEmpty();
        assertThat(api.get("/api/v1/apps").json()).isEmpty();
    }

    private Path bundle(int mebibytes) {
        byte[] noise = new byte[mebibytes << 20];
        new Random(mebibytes).nextBytes(noise);
        return Zips.at(folder)
                .file("config.json", "{\"port\": 8000}")
                .file("app.py", "")
                .file("noise", noise)
                .done();
    }
}
