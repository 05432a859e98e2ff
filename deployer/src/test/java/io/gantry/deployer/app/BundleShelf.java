package io.gantry.deployer.app;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.bundle.manifest.BundleManifest;
import io.gantry.contract.ServiceName;
import io.gantry.contract.Sha256;
import io.gantry.contract.deployer.Bundle;
import io.gantry.contract.deployer.Release;
import io.gantry.storage.BlobStore;
import io.gantry.storage.InMemoryBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Where bundles lie, as the scheduler would have put them there; a deployer that has it looks for them nowhere else. */
@TestConfiguration(proxyBeanMethods = false)
public class BundleShelf {
    public final InMemoryBlobStore store = new InMemoryBlobStore();

    @Bean
    @Primary
    BlobStore shelvedBundles() {
        return store;
    }

    public Release put(ServiceName service, int version, Zip zip) {
        byte[] bytes = zip.bytes();
        String sha256 = Sha256.of(bytes);
        try {
            Path file = Files.createTempFile("bundle", ".zip");
            Files.write(file, bytes);
            store.put(sha256, file);
            try (BundleFile bundle = BundleFile.open(file, BundleLimits.DEFAULT)) {
                return new Release(
                        service,
                        version,
                        new Bundle(sha256, sha256, bytes.length),
                        BundleManifest.read(bundle, service).manifest());
            } finally {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
