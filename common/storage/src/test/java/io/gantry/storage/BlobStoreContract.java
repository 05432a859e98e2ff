package io.gantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a blob store promises. */
interface BlobStoreContract {
    BlobStore store();

    @Test
    default void what_is_stored_is_read_back(@TempDir Path folder) throws IOException {
        store().put("a/1.zip", file(folder, "hello"));
        assertThat(text("a/1.zip")).isEqualTo("hello");
        assertThat(store().exists("a/1.zip")).isTrue();
    }

    @Test
    default void an_empty_file_is_stored_as_well(@TempDir Path folder) throws IOException {
        store().put("a/empty", file(folder, ""));
        assertThat(text("a/empty")).isEmpty();
    }

    @Test
    default void a_key_keeps_what_it_was_given_first(@TempDir Path folder) throws IOException {
        store().put("a/2.zip", file(folder, "first"));
        store().put("a/2.zip", file(folder, "second"));
        assertThat(text("a/2.zip")).isEqualTo("first");
    }

    @Test
    default void a_key_that_is_stored_by_many_at_once_is_stored_once(@TempDir Path folder) throws Exception {
        Path file = file(folder, "same");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = IntStream.range(0, 8)
                    .mapToObj(_ -> (Callable<Boolean>) () -> {
                        store().put("a/3.zip", file);
                        return true;
                    })
                    .toList();
            for (var put : threads.invokeAll(puts)) {
                assertThat(put.get()).isTrue();
            }
        }
        assertThat(text("a/3.zip")).isEqualTo("same");
    }

    @Test
    default void a_missing_key_is_said_to_be_missing() {
        assertThat(store().exists("a/none")).isFalse();
        assertThatThrownBy(() -> store().open("a/none")).isInstanceOf(NoSuchBlob.class);
    }

    @Test
    default void deleting_twice_is_deleting_once(@TempDir Path folder) throws IOException {
        store().put("a/4.zip", file(folder, "x"));
        store().delete("a/4.zip");
        store().delete("a/4.zip");
        assertThat(store().exists("a/4.zip")).isFalse();
    }

    @Test
    default void what_was_stored_before_an_instant_is_told(@TempDir Path folder) throws IOException {
        store().put("a/5.zip", file(folder, "x"));
        assertThat(store().storedBefore(Instant.parse("2100-01-01T00:00:00Z"))).contains("a/5.zip");
        assertThat(store().storedBefore(Instant.EPOCH)).isEmpty();
        store().delete("a/5.zip");
        assertThat(store().storedBefore(Instant.parse("2100-01-01T00:00:00Z"))).doesNotContain("a/5.zip");
    }

    private String text(String key) throws IOException {
        try (InputStream in = store().open(key)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path file(Path folder, String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "blob", ""), text);
    }
}
