package io.gantry.scheduler.deployment;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.tracing.Traces;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps each deployment's progress up with what the deployer tells. */
@Component
class Projection {
    private final DeploymentTable table;
    private final Apps apps;
    private final ApplicationEventPublisher events;
    private final DeploymentSettings settings;
    private final Traces traces;

    Projection(
            DeploymentTable table,
            Apps apps,
            ApplicationEventPublisher events,
            DeploymentSettings settings,
            Traces traces) {
        this.table = table;
        this.apps = apps;
        this.events = events;
        this.settings = settings;
        this.traces = traces;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void apply(DeployerEvent event) {
        boolean known = advance(event.token(), progress -> progress.on(event));
        if (!known && event instanceof DeployerEvent.Accepted accepted) {
            adopt(accepted);
        }
    }

    /**
     * @param step gives the same progress where there is nothing to change
     * @return whether there is such a deployment
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean advance(DeploymentToken token, UnaryOperator<Progress> step) {
        Optional<Deployment> held = table.hold(token);
        held.ifPresent(deployment -> {
            Progress next = step.apply(deployment.progress());
            if (!next.equals(deployment.progress())) {
                save(deployment.with(next));
            }
        });
        return held.isPresent();
    }

    private void save(Deployment changed) {
        table.update(changed);
        if (changed.isOver()) {
            events.publishEvent(new DeploymentEnded(changed));
        }
    }

    /** The platform asks the deployer for deployments of its own (scaling, restarts); they belong to the app's history. */
    private void adopt(DeployerEvent.Accepted accepted) {
        if (apps.find(accepted.app()).isEmpty()) {
            return;
        }
        table.insert(adopted(accepted), null);
    }

    private Deployment adopted(DeployerEvent.Accepted accepted) {
        Mode mode = accepted.mode();
        return new Deployment(
                accepted.token(),
                accepted.app(),
                mode,
                accepted.at(),
                accepted.at().plus(settings.deadline()),
                null,
                null,
                traces.traceId(),
                Progress.accepted(List.of()),
                1);
    }
}
