package io.gantry.scheduler.app;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.gantry.contract.DeploymentToken;
import io.gantry.scheduler.work.DueWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The last part of a removal, done whatever dies meanwhile. */
@Configuration(proxyBeanMethods = false)
class RemovalWork {
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("app-removal");

    @Bean
    OneTimeTask<Void> appRemovalTask(Removals removals) {
        return Tasks.oneTime(TASK)
                .onFailure(DueWork.tryAgain())
                .execute((execution, _) -> removals.finish(new DeploymentToken(execution.getId())));
    }
}
