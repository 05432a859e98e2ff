package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Bundle;
import io.gantry.contract.deployer.Release;
import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.app.Zip;
import io.gantry.storage.NoSuchBlob;
import io.gantry.tracing.Traces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
    @TempDir
    Path root;

    private final BundleShelf shelf = new BundleShelf();
    private final Release release = shelf.put(
            new ServiceName("web"), 1, new Zip().with("app.py", "print()").with("config.json", "{\"port\": 1}"));
    private Workspace workspace;
    private Bundles bundles;

    @BeforeEach
    void open() throws IOException {
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
        workspace = new Workspace(settings);
        bundles = new Bundles(shelf.store, workspace, Traces.off());
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
    }

    private Stream<Path> zips() throws IOException {
        return Files.walk(root).filter(path -> path.toString().endsWith(".zip"));
    }

    @Test
    void a_bundle_lies_here_as_long_as_it_is_open() throws IOException {
        try (Bundles.Fetched fetched = bundles.fetch(release.bundle())) {
            assertThat(fetched.bundle().entries()).hasSize(2);
            assertThat(zips()).hasSize(1);
        }
        assertThat(zips()).isEmpty();
    }

    @Test
    void other_bytes_than_were_uploaded_are_not_taken() throws IOException {
        Bundle other = new Bundle(
                release.bundle().key(), "00".repeat(32), release.bundle().size());
        assertThatThrownBy(() -> bundles.fetch(other)).isInstanceOf(IOException.class);
        assertThat(zips()).isEmpty();
    }

    @Test
    void a_bundle_that_is_not_there_leaves_no_file() throws IOException {
        assertThatThrownBy(() -> bundles.fetch(new Bundle("none", "00".repeat(32), 1)))
                .isInstanceOf(NoSuchBlob.class);
        assertThat(zips()).isEmpty();
    }
}
