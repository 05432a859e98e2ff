package io.gantry.bootstrapper.deployment;

import io.gantry.contract.Failure;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployment, as the scheduler tells it. */
record Deployment(
        String token,
        String app,
        Mode mode,
        DeploymentState state,
        Instant requestedAt,
        Instant deadline,
        @Nullable Instant finishedAt,
        @Nullable String traceId,
        @Nullable String url,
        List<Service> services,
        List<Step> steps) {
    Deployment {
        services = services == null ? List.of() : services;
        steps = steps == null ? List.of() : steps;
    }

    record Service(
            String name,
            @Nullable Integer version,
            ServiceState state,
            @Nullable String image,
            @Nullable List<Instance> instances,
            @Nullable Failure failure) {}

    record Instance(
            String id,
            String node,
            String address,
            @Nullable Integer port) {}

    record Step(
            String service,
            ServiceState step,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String detail,
            @Nullable Integer tries,
            List<String> by) {
        Step {
            by = by == null ? List.of() : by;
        }
    }
}
