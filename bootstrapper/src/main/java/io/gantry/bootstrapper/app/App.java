package io.gantry.bootstrapper.app;

import io.gantry.contract.manifest.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An app, as the scheduler tells it. */
record App(String name, String state, @Nullable String url, Instant createdAt, List<Service> services) {
    /**
     * @param newest the version that is deployed where none is named
     * @param versions the newest first
     */
    record Service(String name, Kind kind, int newest, List<Version> versions, List<Instance> instances) {}

    record Version(int version, String sha256, long size, Instant uploadedAt) {}

    record Instance(String id, int version) {}
}
