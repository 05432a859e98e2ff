package io.gantry.deployer.build;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.contract.Sha256;
import io.gantry.contract.deployer.Bundle;
import io.gantry.storage.BlobStore;
import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Fetches bundles from blob storage. */
@Component
class Bundles {
    private final BlobStore store;
    private final Workspace workspace;
    private final Traces traces;

    Bundles(BlobStore store, Workspace workspace, Traces traces) {
        this.store = store;
        this.workspace = workspace;
        this.traces = traces;
    }

    /** A bundle that was fetched; its file is gone when it is closed. */
    record Fetched(Path file, BundleFile bundle) implements Closeable {
        @Override
        public void close() throws IOException {
            bundle.close();
            Files.delete(file);
        }
    }

    /**
     * @throws io.gantry.storage.NoSuchBlob if it is not there
     * @throws IOException if other bytes arrive than were uploaded
     */
    Fetched fetch(Bundle bundle) throws IOException {
        try (Activity _ = traces.part("fetch").with("bundle", bundle.key())) {
            return fetched(bundle);
        }
    }

    private Fetched fetched(Bundle bundle) throws IOException {
        Path file = workspace.newFile();
        try {
            String sha256 = download(bundle.key(), file);
            if (!sha256.equals(bundle.sha256())) {
                throw new IOException("The bundle %s arrived with the digest %s, not %s"
                        .formatted(bundle.key(), sha256, bundle.sha256()));
            }
            return new Fetched(file, BundleFile.open(file, BundleLimits.DEFAULT));
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }

    private String download(String key, Path file) throws IOException {
        var sha256 = new Sha256();
        try (InputStream blob = sha256.reading(store.open(key));
                OutputStream target = Files.newOutputStream(file)) {
            blob.transferTo(target);
        }
        return sha256.hex();
    }
}
