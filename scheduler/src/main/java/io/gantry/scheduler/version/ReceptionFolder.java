package io.gantry.scheduler.version;

import io.gantry.bundle.HeldFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Where bundles lie while they are checked. */
@Component
class ReceptionFolder implements DisposableBean {
    private final HeldFolder folder;

    ReceptionFolder(UploadSettings settings) throws IOException {
        this.folder = HeldFolder.in(settings.folder());
    }

    Path newFile() {
        try {
            return folder.newFile();
        } catch (IOException failed) {
            throw new UncheckedIOException("Can't make a file for a bundle in " + folder.path(), failed);
        }
    }

    Path path() {
        return folder.path();
    }

    @Override
    public void destroy() throws IOException {
        folder.close();
    }
}
