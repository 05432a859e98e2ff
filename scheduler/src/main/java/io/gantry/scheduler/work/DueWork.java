package io.gantry.scheduler.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Enters work that is to be done at its time. It is entered with the decision that makes it necessary, or not at all. */
@Component
public class DueWork {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ObjectProvider<Scheduler> scheduler;
    private final InstantSource clock;

    DueWork(ObjectProvider<Scheduler> scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Entered again, the work moves to the new time. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(TaskDescriptor<Void> task, String id, Instant at) {
        scheduler.getObject().schedule(task.instance(id).build(), at, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        if (!at.isAfter(clock.instant())) {
            lookAfterCommit();
        }
    }

    /** Work that fails is tried again until it does not. */
    public static <T> FailureHandler<T> tryAgain() {
        return new OnFailureRetryLater<>(PAUSE);
    }

    /** What is due already does not wait for the next look; for what is not, nobody needs to look now. */
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
