package io.gantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Azurite, from the image that the project builds. */
class AzureBlobStoreIT implements BlobStoreContract {
    private static final Azurite AZURITE = new Azurite();

    @BeforeAll
    static void start() {
        AZURITE.start();
    }

    @AfterAll
    static void stop() {
        AZURITE.close();
    }

    @Override
    public BlobStore store() {
        return new AzureBlobStore(AZURITE.settings("bundles"));
    }

    @Test
    void a_file_of_many_blocks_comes_back_the_same(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large");
        writeNoise(file, 40);
        BlobStore store = store();
        store.put("large.zip", file);
        assertThat(sha256(store.open("large.zip"))).isEqualTo(Sha256.of(file));
    }

    @Test
    void the_container_is_made_for_the_first_blob_small_or_large(@TempDir Path folder) throws Exception {
        for (int mebibytes : List.of(1, 20)) {
            Path file = folder.resolve(mebibytes + "-mebibytes");
            writeNoise(file, mebibytes);
            BlobStore unmade = new AzureBlobStore(AZURITE.settings("first-%d".formatted(mebibytes)));
            unmade.put("first.zip", file);
            assertThat(sha256(unmade.open("first.zip"))).isEqualTo(Sha256.of(file));
        }
    }

    @Test
    void a_large_key_keeps_what_it_was_given_first_by_many_at_once(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large");
        writeNoise(file, 20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var put : threads.invokeAll(
                    Collections.nCopies(3, Executors.callable(() -> store().put("contended.zip", file))))) {
                put.get();
            }
        }
        assertThat(sha256(store().open("contended.zip"))).isEqualTo(Sha256.of(file));
    }

    @Test
    void nothing_is_stored_before_the_container_is_made() {
        BlobStore unmade = new AzureBlobStore(AZURITE.settings("unmade"));
        assertThat(unmade.storedBefore(Instant.parse("2100-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void what_is_replaced_while_it_is_read_is_not_mixed_with_what_was_there(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large");
        writeNoise(file, 20);
        BlobStore store = store();
        store.put("replaced.zip", file);
        try (InputStream half = store.open("replaced.zip")) {
            half.readNBytes(1 << 20);
            store.delete("replaced.zip");
            writeNoise(file, 21);
            store.put("replaced.zip", file);
            assertThatThrownBy(half::readAllBytes).hasMessageContaining("ConditionNotMet");
        }
    }

    @Test
    void a_store_that_is_away_says_so() {
        BlobStore away = new AzureBlobStore(StorageSettings.of(
                AZURITE.connectionString().replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:1"), "bundles"));
        assertThatThrownBy(() -> away.exists("x")).isInstanceOf(BlobStoreUnavailable.class);
    }

    private static void writeNoise(Path file, int mebibytes) throws IOException {
        byte[] noise = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(noise);
                out.write(noise);
            }
        }
    }

    private static String sha256(InputStream bytes) throws IOException {
        try (bytes) {
            return Sha256.of(bytes);
        }
    }
}
