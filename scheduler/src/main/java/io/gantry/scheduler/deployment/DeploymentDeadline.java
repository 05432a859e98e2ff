package io.gantry.scheduler.deployment;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import io.gantry.scheduler.work.DueWork;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends a deployment that the deployer has not answered by its deadline and a grace: no deployment stays open for ever. The
 * deployer, should it come back, is told to leave it.
 */
@Configuration(proxyBeanMethods = false)
class DeploymentDeadline {
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("deployment-deadline");

    @Bean
    OneTimeTask<Void> deploymentDeadlineTask(
            DeploymentTable table,
            Projection projection,
            Outbox outbox,
            InstantSource clock,
            TransactionTemplate transaction) {
        return Tasks.oneTime(TASK).onFailure(DueWork.tryAgain()).execute((execution, _) -> {
            DeploymentToken token = new DeploymentToken(execution.getId());
            transaction.executeWithoutResult(_ -> table.hold(token)
                    .filter(deployment -> !deployment.isOver())
                    .ifPresent(deployment -> {
                        projection.advance(token, progress -> progress.unanswered(clock.instant()));
                        AppName app = deployment.app();
                        outbox.send(Topics.DEPLOYER_COMMANDS, app.value(), new DeployerCommand.Cancel(token, app));
                    }));
        });
    }
}
