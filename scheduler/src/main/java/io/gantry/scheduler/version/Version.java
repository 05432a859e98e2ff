package io.gantry.scheduler.version;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Bundle;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.Manifest;
import java.time.Instant;
import java.util.List;

/**
 * One version of a service, as users see it.
 *
 * @param version counts from 1
 * @param sha256 of the bundle
 * @param size of the bundle in bytes
 * @param inferred what config.json left out, a sentence each
 * @param uploadedAt last; the newest version of a service is the one uploaded last
 */
public record Version(
        AppName app,
        ServiceName service,
        int version,
        String sha256,
        long size,
        Manifest manifest,
        List<String> inferred,
        Instant uploadedAt) {
    public Version {
        inferred = List.copyOf(inferred);
    }

    public Release release() {
        return new Release(service, version, new Bundle(Bundles.key(sha256), sha256, size), manifest);
    }
}
