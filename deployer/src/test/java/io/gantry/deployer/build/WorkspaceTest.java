package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.messaging.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path root;

    private Workspace open(int seed) throws IOException {
        BuildSettings settings = new BuildSettings(
                URI.create("unix:///var/run/docker.sock"),
                null,
                "gantry/",
                "1",
                false,
                true,
                3,
                Duration.ofHours(1),
                root);
        return new Workspace(settings, new Tokens(new Random(seed)));
    }

    @Test
    void what_a_dead_deployer_left_is_swept_when_the_next_one_starts() throws IOException {
        Path abandoned = Files.createDirectories(root.resolve("abandoned"));
        Files.createFile(abandoned.resolve(".lock"));
        Files.createFile(abandoned.resolve("half.zip"));
        open(1).close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void what_a_living_deployer_uses_stays() throws IOException {
        Workspace living = open(1);
        Path file = living.newFile();
        Workspace other = open(2);
        assertThat(file).exists();
        other.close();
        living.close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void what_is_not_ours_stays() throws IOException {
        Path foreign = Files.createDirectories(root.resolve("foreign"));
        open(1).close();
        assertThat(foreign).exists();
    }
}
