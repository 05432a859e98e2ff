package io.gantry.scheduler.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.gantry.scheduler.work.DueWork;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wakes each schedule at its times, whichever scheduler is alive then. */
@Configuration(proxyBeanMethods = false)
class ScheduleWork {
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("schedule");

    @Bean
    CustomTask<Void> scheduleTask(ScheduleRuns runs) {
        return Tasks.custom(TASK)
                .onFailure(DueWork.tryAgain())
                .onDeadExecutionRevive()
                .execute((schedule, _) -> then(runs.wake(schedule.getId())));
    }

    private static CompletionHandler<Void> then(Optional<Instant> next) {
        return (complete, execution) ->
                next.ifPresentOrElse(at -> execution.reschedule(complete, at), execution::remove);
    }
}
