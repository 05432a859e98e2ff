package io.gantry.scheduler.app;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.scheduler.catalog.App;
import io.gantry.scheduler.version.Version;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app, as users see it.
 *
 * @param url where it is reached; none while nothing answers its users
 */
record AppView(AppName name, App.State state, @Nullable URI url, Instant createdAt, List<OfService> services) {
    /**
     * @param newest the version that is deployed where none is named
     * @param versions the newest first
     */
    record OfService(ServiceName name, Kind kind, int newest, List<OfVersion> versions, List<OfInstance> instances) {
        static OfService of(List<Version> versions, List<Instance> instances) {
            Version newest = versions.getFirst();
            return new OfService(
                    newest.service(),
                    newest.manifest().kind(),
                    newest.version(),
                    versions.stream().map(OfVersion::of).toList(),
                    instances.stream()
                            .filter(instance -> instance.service().equals(newest.service()))
                            .map(OfInstance::of)
                            .toList());
        }
    }

    record OfVersion(int version, String sha256, long size, Instant uploadedAt) {
        static OfVersion of(Version version) {
            return new OfVersion(version.version(), version.sha256(), version.size(), version.uploadedAt());
        }
    }

    record OfInstance(
            InstanceId id,
            int version,
            InstanceState state,
            NodeId node,
            String address,
            @Nullable Integer port,
            Instant startedAt,
            @Nullable String detail) {
        static OfInstance of(Instance instance) {
            return new OfInstance(
                    instance.id(),
                    instance.version(),
                    instance.state(),
                    instance.node(),
                    instance.address(),
                    instance.port(),
                    instance.startedAt(),
                    instance.detail());
        }
    }
}
