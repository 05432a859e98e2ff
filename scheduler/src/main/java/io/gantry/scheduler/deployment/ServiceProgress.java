package io.gantry.scheduler.deployment;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far one service of a deployment has come.
 *
 * @param version none where all that runs is meant
 * @param image by digest
 */
public record ServiceProgress(
        ServiceName name,
        @Nullable Integer version,
        ServiceState state,
        @Nullable String image,
        List<InstanceAddress> instances,
        @Nullable Failure failure) {
    public ServiceProgress {
        instances = List.copyOf(instances);
    }

    static ServiceProgress queued(ServiceName name, @Nullable Integer version) {
        return new ServiceProgress(name, version, ServiceState.QUEUED, null, List.of(), null);
    }

    static ServiceProgress of(ServiceReport report) {
        return new ServiceProgress(
                report.service(),
                report.version(),
                report.state(),
                report.image(),
                report.instances(),
                report.failure());
    }

    ServiceProgress in(ServiceState next, @Nullable Integer saidVersion) {
        return new ServiceProgress(name, saidVersion == null ? version : saidVersion, next, image, instances, failure);
    }

    ServiceProgress withImage(String built) {
        return new ServiceProgress(name, version, state, built, instances, failure);
    }

    ServiceProgress with(InstanceAddress started) {
        List<InstanceAddress> others = instances.stream()
                .filter(instance -> !instance.id().equals(started.id()))
                .toList();
        return new ServiceProgress(
                name,
                version,
                state,
                image,
                Stream.concat(others.stream(), Stream.of(started)).toList(),
                failure);
    }

    /** The deployer never said how it ended. */
    ServiceProgress unanswered() {
        Failure silence = Failure.of(
                FailureKind.INTERNAL,
                "NO_ANSWER",
                "The deployer did not say how this ended by the deadline; look at what runs, then ask again.");
        return state.isFinal()
                ? this
                : new ServiceProgress(name, version, ServiceState.TIMED_OUT, image, instances, silence);
    }
}
