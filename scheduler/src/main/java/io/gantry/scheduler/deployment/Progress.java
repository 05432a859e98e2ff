package io.gantry.scheduler.deployment;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.DeployerEvent.Finished;
import io.gantry.contract.deployer.DeployerEvent.ServiceAdvanced;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment has come to, from what the deployer tells of it. A value: each event gives the next one. After the end
 * nothing changes any more.
 *
 * @param finishedAt none until the end
 */
public record Progress(
        DeploymentState state, @Nullable Instant finishedAt, List<ServiceProgress> services, List<Step> steps) {
    public Progress {
        services = List.copyOf(services);
        steps = List.copyOf(steps);
    }

    static Progress accepted(List<ServiceProgress> services) {
        return new Progress(DeploymentState.ACCEPTED, null, services, List.of());
    }

    Progress on(DeployerEvent event) {
        if (state.isFinal()) {
            return this;
        }
        return switch (event) {
            case DeployerEvent.Accepted _ -> this;
            case ServiceAdvanced advanced -> on(advanced);
            case DeployerEvent.ImageBuilt built ->
                withService(built.service(), service -> service.withImage(built.image()));
            case DeployerEvent.InstanceStarted started ->
                withService(started.service(), service -> service.with(started.instance()));
            case Finished finished -> on(finished);
        };
    }

    /** The deadline has passed and the deployer has not said how it ended. */
    Progress unanswered(Instant at) {
        if (state.isFinal()) {
            return this;
        }
        List<ServiceProgress> given =
                services.stream().map(ServiceProgress::unanswered).toList();
        return new Progress(DeploymentState.TIMED_OUT, at, given, ended(steps, at));
    }

    /** None for what was not built, or is being built. */
    Optional<Instant> endOfBuild(ServiceName service) {
        return steps.stream()
                .filter(step -> step.service().equals(service) && step.step() == ServiceState.BUILDING)
                .reduce((_, later) -> later)
                .flatMap(step -> Optional.ofNullable(step.endedAt()));
    }

    private Progress on(ServiceAdvanced advanced) {
        Progress moved = withService(advanced.service(), service -> service.in(advanced.state(), advanced.version()));
        DeploymentState next = advanced.state() == ServiceState.QUEUED ? state : DeploymentState.RUNNING;
        return new Progress(next, null, moved.services, stepsAfter(advanced));
    }

    private List<Step> stepsAfter(ServiceAdvanced advanced) {
        List<Step> after = new ArrayList<>();
        boolean goesOn = false;
        for (Step step : steps) {
            boolean ofService = step.isOpen() && step.service().equals(advanced.service());
            boolean same = ofService && step.step() == advanced.state();
            goesOn |= same;
            after.add(same ? step.on(advanced) : ofService ? step.endedAt(advanced.at()) : step);
        }
        if (!goesOn && !advanced.state().isFinal()) {
            after.add(Step.begun(advanced));
        }
        return after;
    }

    private Progress on(Finished finished) {
        Progress reported = this;
        for (ServiceReport report : finished.services()) {
            reported = reported.withService(report.service(), _ -> ServiceProgress.of(report));
        }
        return new Progress(
                DeploymentState.of(finished.outcome()), finished.at(), reported.services, ended(steps, finished.at()));
    }

    private static List<Step> ended(List<Step> steps, Instant at) {
        return steps.stream().map(step -> step.endedAt(at)).toList();
    }

    private Progress withService(ServiceName name, UnaryOperator<ServiceProgress> change) {
        List<ServiceProgress> changed = new ArrayList<>(services);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).name().equals(name)) {
                changed.set(i, change.apply(changed.get(i)));
                return new Progress(state, finishedAt, changed, steps);
            }
        }
        changed.add(change.apply(ServiceProgress.queued(name, null)));
        return new Progress(state, finishedAt, changed, steps);
    }
}
