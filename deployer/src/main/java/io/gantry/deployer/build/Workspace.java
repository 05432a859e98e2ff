package io.gantry.deployer.build;

import io.gantry.bundle.HeldFolder;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Where bundles lie as long as one build. */
@Component
class Workspace {
    private final HeldFolder folder;

    Workspace(BuildSettings settings) throws IOException {
        folder = HeldFolder.in(settings.workspace());
    }

    Path newFile() throws IOException {
        return folder.newFile();
    }

    @PreDestroy
    void close() throws IOException {
        folder.close();
    }
}
