package io.gantry.scheduler.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Enters work that is to be done, whatever dies meanwhile. It is entered with the decision that makes it necessary, or not at all. */
@Component
public class DueWork {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ObjectProvider<Scheduler> scheduler;
    private final InstantSource clock;

    DueWork(ObjectProvider<Scheduler> scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** To be done right after the commit. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(TaskDescriptor<Void> task, String id) {
        scheduler
                .getObject()
                .schedule(task.instance(id).build(), clock.instant(), ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        lookAfterCommit();
    }

    /** Work that fails is tried again until it does not. */
    public static <T> FailureHandler<T> tryAgain() {
        return new OnFailureRetryLater<>(PAUSE);
    }

    /** It does not wait for the next look. */
    private void lookAfterCommit() {
        boolean registered = TransactionSynchronizationManager.getSynchronizations().stream()
                .anyMatch(AfterCommit.class::isInstance);
        if (!registered) {
            TransactionSynchronizationManager.registerSynchronization(new AfterCommit(scheduler.getObject()));
        }
    }

    private record AfterCommit(Scheduler scheduler) implements TransactionSynchronization {
        @Override
        public void afterCommit() {
            scheduler.triggerCheckForDueExecutions();
        }
    }
}
