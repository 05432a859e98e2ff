package io.gantry.contract.deployer;

import io.gantry.contract.Failure;
import io.gantry.contract.ServiceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one service of a request ended.
 *
 * @param version none where the request named no version and nothing ran (a stop of what was not there)
 * @param state a final one
 * @param image by digest, {@code registry/app/service@sha256:...}
 * @param instances of this service that serve after the request
 */
public record ServiceReport(
        ServiceName service,
        @Nullable Integer version,
        ServiceState state,
        @Nullable String image,
        List<InstanceAddress> instances,
        @Nullable Failure failure) {
    public ServiceReport {
        instances = List.copyOf(instances);
    }
}
