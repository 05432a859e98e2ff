package io.gantry.scheduler.app;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import io.gantry.scheduler.catalog.App;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.deployment.BuildLogs;
import io.gantry.scheduler.deployment.Deployment;
import io.gantry.scheduler.deployment.DeploymentEnded;
import io.gantry.scheduler.deployment.DeploymentState;
import io.gantry.scheduler.deployment.Deployments;
import io.gantry.scheduler.version.Versions;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Removes apps: first everything that runs is stopped, by a deployment like any other; with its success versions, schedules
 * and the app itself go, and the deployer is told to remove the images; bundles follow. If it has not succeeded, the app stays,
 * and its removal can be asked for again.
 */
@Component
class Removals {
    private final Apps apps;
    private final Deployments deployments;
    private final Versions versions;
    private final BuildLogs logs;
    private final Outbox outbox;

    Removals(Apps apps, Deployments deployments, Versions versions, BuildLogs logs, Outbox outbox) {
        this.apps = apps;
        this.deployments = deployments;
        this.versions = versions;
        this.logs = logs;
        this.outbox = outbox;
    }

    /** @return the deployment that stops the app; the same one if its removal has begun already */
    @Transactional
    public DeploymentToken begin(AppName name) {
        App app = apps.holdAlone(name);
        if (app.removal() != null) {
            return app.removal();
        }
        Deployment stop = deployments.stopAll(name);
        apps.setRemoval(name, stop.token());
        return stop.token();
    }

    @EventListener
    public void on(DeploymentEnded ended) {
        Deployment deployment = ended.deployment();
        if (deployment.mode() == Mode.STOP) {
            apps.removedBy(deployment.token()).ifPresent(app -> goOn(app, deployment));
        }
    }

    private void goOn(App app, Deployment stop) {
        if (stop.progress().state() == DeploymentState.SUCCEEDED) {
            remove(app.name(), stop.token());
        } else {
            apps.setRemoval(app.name(), null);
        }
    }

    /** In the transaction that tells of the success: whoever hears of it may take the name at once. */
    private void remove(AppName app, DeploymentToken stop) {
        logs.forget(app);
        outbox.send(Topics.DEPLOYER_COMMANDS, app.value(), new DeployerCommand.Discard(stop, app, apps.services(app)));
        versions.removeAll(app, stop);
        apps.remove(app);
    }
}
