package io.gantry.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFolderTest {
    @TempDir
    private Path root;

    /** Another process that begins and ends. */
    static final class Another {
        private Another() {}

        public static void main(String... arguments) throws IOException {
            HeldFolder.in(Path.of(arguments[0])).close();
        }
    }

    @Test
    void what_a_dead_process_left_is_removed_when_the_next_one_begins() throws IOException {
        Path abandoned = Files.createDirectory(root.resolve("abandoned"));
        Files.createFile(abandoned.resolve(".lock"));
        Files.createFile(abandoned.resolve("half.zip"));

        HeldFolder.in(root).close();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void what_a_process_left_that_died_before_it_had_locked_it_is_removed_when_it_is_old() throws IOException {
        Path old = halfMade("held-1");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90)));
        Path young = halfMade("held-2");

        HeldFolder.in(root).close();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private Path halfMade(String name) throws IOException {
        Path folder = Files.createDirectory(root.resolve(name));
        Files.createFile(folder.resolve(".lock.new"));
        return folder;
    }

    @Test
    void another_process_leaves_what_this_one_uses_also_when_it_uses_two() throws IOException, InterruptedException {
        try (var first = HeldFolder.in(root);
                var second = HeldFolder.in(root)) {
            Path ofFirst = first.newFile();
            Path ofSecond = second.newFile();

            begin(root);

            assertThat(ofFirst).exists();
            assertThat(ofSecond).exists();
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void what_is_not_ours_stays() throws IOException {
        Path foreign = Files.createDirectory(root.resolve("foreign"));
        HeldFolder.in(root).close();
        assertThat(foreign).exists();
    }

    private static void begin(Path root) throws IOException, InterruptedException {
        Process another = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Another.class.getName(),
                        root.toString())
                .inheritIO()
                .start();
        assertThat(another.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(another.exitValue()).isZero();
    }
}
