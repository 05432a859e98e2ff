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
import io.gantry.scheduler.version.Version;
import io.gantry.scheduler.version.Versions;
import io.gantry.scheduler.work.DueWork;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes apps: first everything that runs is stopped, by a deployment like any other; when that has succeeded, versions,
 * bundles, schedules and the app itself go, and the deployer is told to remove the images. If it has not, the app stays,
 * and its removal can be asked for again.
 */
@Component
class Removals {
    private final Apps apps;
    private final Deployments deployments;
    private final Versions versions;
    private final BuildLogs logs;
    private final Outbox outbox;
    private final DueWork due;
    private final TransactionTemplate transaction;

    Removals(
            Apps apps,
            Deployments deployments,
            Versions versions,
            BuildLogs logs,
            Outbox outbox,
            DueWork due,
            TransactionTemplate transaction) {
        this.apps = apps;
        this.deployments = deployments;
        this.versions = versions;
        this.logs = logs;
        this.outbox = outbox;
        this.due = due;
        this.transaction = transaction;
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
            due.enter(RemovalWork.TASK, stop.token().value());
        } else {
            apps.setRemoval(app.name(), null);
        }
    }

    /**
     * May be repeated, from wherever it was interrupted.
     *
     * @param stop the deployment that has stopped the app
     */
    void finish(DeploymentToken stop) {
        apps.removedBy(stop).map(App::name).ifPresent(app -> finish(stop, app));
    }

    private void finish(DeploymentToken stop, AppName app) {
        for (Version version : versions.of(app)) {
            transaction.executeWithoutResult(_ -> versions.remove(version));
        }
        transaction.executeWithoutResult(_ -> {
            logs.forget(app);
            outbox.send(
                    Topics.DEPLOYER_COMMANDS, app.value(), new DeployerCommand.Discard(stop, app, apps.services(app)));
            apps.remove(app);
        });
    }
}
