package io.gantry.scheduler.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.Sha256;
import io.gantry.scheduler.Answer;
import io.gantry.scheduler.Api;
import io.gantry.scheduler.SchedulerApplication;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.Azurite;
import io.gantry.storage.StorageSettings;
import io.gantry.testkit.FreePorts;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler in a JVM of its own with a heap of 64 MiB, and a real Azurite: bundles several times that size pass through. */
class LargeUploadIT {
    private static final int MEBIBYTES = 256;
    private static final Azurite AZURITE = new Azurite();
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TestBroker BROKER = TestBroker.start();

    @TempDir
    static Path folder;

    private static Api api;
    private static Process scheduler;

    @BeforeAll
    static void start() throws IOException {
        AZURITE.start();
        int port = FreePorts.next();
        api = new Api(port);
        scheduler = process(port);
        await().atMost(Duration.ofMinutes(2)).until(LargeUploadIT::isReady);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        scheduler.destroy();
        if (!scheduler.waitFor(30, TimeUnit.SECONDS)) {
            scheduler.destroyForcibly();
        }
        BROKER.close();
        AZURITE.close();
    }

    @Test
    void a_bundle_of_four_times_the_heap_is_checked_digested_and_stored() throws Exception {
        Path zip = bundle();
        Answer answer = api.uploadStreamed("shop", "web", zip);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().at("/size").asLong()).isEqualTo(Files.size(zip));
        assertThat(answer.at("/sha256")).isEqualTo(Sha256.of(zip));
        AzureBlobStore blobs = new AzureBlobStore(AZURITE.settings(StorageSettings.bundlesOf("local")));
        try (InputStream stored = blobs.open(answer.at("/sha256") + ".zip")) {
            assertThat(Sha256.of(stored)).isEqualTo(answer.at("/sha256"));
        }
        assertThat(scheduler.isAlive()).isTrue();
    }

    private static Process process(int port) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SchedulerApplication.class.getName(),
                        "--server.port=" + port,
                        "--spring.datasource.url=" + DATABASE.url(),
                        "--spring.kafka.bootstrap-servers=" + BROKER.address(),
                        "--scheduler.upload.folder=" + folder.resolve("uploads"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("scheduler.log").toFile());
        java.environment().put("GANTRY_STORAGE", AZURITE.connectionString());
        java.environment().put("GANTRY_DATABASE_USER", DATABASE.user());
        java.environment().put("GANTRY_DATABASE_PASSWORD", DATABASE.password());
        return java.start();
    }

    private static boolean isReady() {
        assertThat(scheduler.isAlive()).as(LargeUploadIT::log).isTrue();
        try {
            return api.get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("scheduler.log"), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path bundle() throws IOException {
        Path path = folder.resolve("large.zip");
        byte[] noise = new byte[1 << 20];
        Random random = new Random(1);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.setLevel(1);
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write("{\"port\": 8000}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.putNextEntry(new ZipEntry("model.bin"));
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(noise);
                zip.write(noise);
            }
        }
        return path;
    }
}
