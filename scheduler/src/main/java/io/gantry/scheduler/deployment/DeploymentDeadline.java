package io.gantry.scheduler.deployment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends deployments that the deployer has not answered by their deadline and a grace: no deployment stays open for ever. The
 * deployer, should it come back, is told to leave them.
 */
@Component
class DeploymentDeadline {
    private static final Logger log = LoggerFactory.getLogger(DeploymentDeadline.class);
    private static final int AT_ONCE = 1000;

    private final DeploymentTable table;
    private final Projection projection;
    private final Outbox outbox;
    private final InstantSource clock;
    private final DeploymentSettings settings;
    private final TransactionTemplate transaction;

    DeploymentDeadline(
            DeploymentTable table,
            Projection projection,
            Outbox outbox,
            InstantSource clock,
            DeploymentSettings settings,
            TransactionTemplate transaction) {
        this.table = table;
        this.projection = projection;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
        this.transaction = transaction;
    }

    /** One deployment that can't be ended keeps no other from its end. */
    void sweep() {
        for (Deployment overdue : table.overdue(clock.instant().minus(settings.grace()), AT_ONCE)) {
            try {
                transaction.executeWithoutResult(_ -> end(overdue.token()));
            } catch (RuntimeException failed) {
                log.error("Deployment {} could not be ended at its deadline; trying again", overdue.token(), failed);
            }
        }
    }

    private void end(DeploymentToken token) {
        table.hold(token).filter(deployment -> !deployment.isOver()).ifPresent(deployment -> {
            projection.advance(token, progress -> progress.unanswered(clock.instant()));
            AppName app = deployment.app();
            outbox.send(Topics.DEPLOYER_COMMANDS, app.value(), new DeployerCommand.Cancel(token, app));
        });
    }

    /** In whichever scheduler is alive then. */
    @Configuration(proxyBeanMethods = false)
    static class Sweep {
        private static final FixedDelay EVERY = FixedDelay.ofSeconds(1);

        @Bean
        RecurringTask<Void> deploymentDeadlineTask(DeploymentDeadline deadline) {
            return Tasks.recurring("deployment-deadlines", EVERY).execute((_, _) -> deadline.sweep());
        }
    }
}
