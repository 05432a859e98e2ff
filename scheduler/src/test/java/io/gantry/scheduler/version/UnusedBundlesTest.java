package io.gantry.scheduler.version;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.gantry.bundle.Zips;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerTest;
import io.gantry.storage.InMemoryBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@SchedulerTest
class UnusedBundlesTest {
    private static final Instant LONG_AFTER = Instant.parse("2100-01-01T00:00:00Z");
    private static final String STRAY = "0".repeat(64) + ".zip";

    @Autowired
    UnusedBundles unused;

    @Autowired
    Api api;

    @Autowired
    InMemoryBlobStore blobs;

    @Autowired
    Scheduler work;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        jdbc.sql("delete from app").update();
        blobs.keys().forEach(blobs::delete);
    }

    @Test
    void a_bundle_that_no_version_has_is_removed_and_every_other_stays() throws IOException {
        String used = api.upload("shop", "app-server", bundle("used")).at("/sha256") + ".zip";
        blobs.put(STRAY, bundle("stray"));
        blobs.put("notes.txt", Files.writeString(folder.resolve("notes.txt"), "not ours"));
        unused.removeStoredBefore(LONG_AFTER);
        assertThat(blobs.keys()).containsExactlyInAnyOrder(used, "notes.txt");
    }

    @Test
    void what_was_stored_today_may_belong_to_an_upload_that_goes_on() {
        blobs.put(STRAY, bundle("stray"));
        unused.remove();
        assertThat(blobs.keys()).containsExactly(STRAY);
    }

    @Test
    void a_version_that_is_uploaded_meanwhile_has_its_bytes() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> uploads = threads.submit(() -> IntStream.range(0, 20)
                    .forEach(i -> assertThat(api.upload("shop", "app-server", bundle("number " + i))
                                    .status())
                            .isEqualTo(201)));
            while (!uploads.isDone()) {
                unused.removeStoredBefore(LONG_AFTER);
            }
            uploads.get();
        }
        Answer versions = api.get(Api.versions("shop", "app-server"));
        assertThat(versions.json())
                .hasSize(20)
                .allSatisfy(version ->
                        assertThat(blobs.keys()).contains(version.path("sha256").asString() + ".zip"));
    }

    @Test
    void somebody_looks_every_day() {
        assertThat(work.getScheduledExecutions())
                .extracting(execution -> execution.getTaskInstance().getTaskName())
                .contains("unused-bundles");
    }

    private Path bundle(String text) {
        return Zips.at(folder)
                .file("config.json", "{\"port\": 8000}")
                .file("app.py", "print('%s')".formatted(text))
                .done();
    }
}
