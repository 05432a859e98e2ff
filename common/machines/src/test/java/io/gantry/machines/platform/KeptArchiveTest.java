package io.gantry.machines.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptArchiveTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

    @TempDir
    Path target;

    private Path jar;
    private KeptArchive archive;

    @BeforeEach
    void build() throws IOException {
        Path code = Files.createDirectory(target.resolve("platform"));
        jar = Files.writeString(code.resolve("a.jar"), "code");
        archive = new KeptArchive(code, target.resolve("platform.tar"));
    }

    @Test
    void what_has_not_changed_is_not_packed_again() throws IOException {
        CodeArchive first = archive.get();
        Files.setLastModifiedTime(first.file(), LONG_AGO);
        assertThat(archive.get()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.file())).isEqualTo(LONG_AGO);
    }

    @Test
    void what_was_built_anew_is_packed_again() throws IOException {
        CodeArchive first = archive.get();
        Files.writeString(jar, "more code");
        CodeArchive second = archive.get();
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
        assertThat(second).isEqualTo(CodeArchive.pack(jar.getParent(), second.file()));
    }

    @Test
    void other_code_of_the_same_size_is_packed_again() throws IOException {
        Files.setLastModifiedTime(jar, LONG_AGO);
        CodeArchive first = archive.get();
        Files.writeString(jar, "edoc");
        assertThat(archive.get().sha256()).isNotEqualTo(first.sha256());
    }

    @Test
    void what_somebody_began_who_was_killed_is_cleared_away_and_what_another_is_at_is_not() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        Path dead = Files.writeString(target.resolve("platform.tar.%d.begun".formatted(killed.pid())), "half");
        Path living = Files.writeString(
                target.resolve("platform.tar.%d.begun"
                        .formatted(
                                ProcessHandle.current().parent().orElseThrow().pid())),
                "half");
        archive.get();
        assertThat(dead).doesNotExist();
        assertThat(living).exists();
    }

    @Test
    void one_that_is_gone_is_packed_again_and_nothing_else_is_left() throws IOException {
        CodeArchive first = archive.get();
        Files.delete(first.file());
        assertThat(archive.get()).isEqualTo(first);
        assertThat(first.file()).exists();
        try (Stream<Path> left = Files.list(target)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(List.of("platform", "platform.tar", "platform.tar.made-of"));
        }
    }
}
