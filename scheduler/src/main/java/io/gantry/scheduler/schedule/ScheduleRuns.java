package io.gantry.scheduler.schedule;

import io.gantry.contract.DeploymentToken;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.scheduler.deployment.Deployments;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what a schedule wants at its time. The run, the deployment it asks for and the time of the next run are entered together,
 * while nobody else has the schedule: whoever comes second, or again after a crash, finds that it is not due.
 */
@Component
class ScheduleRuns {
    private final ScheduleTable table;
    private final Deployments deployments;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ScheduleRuns(ScheduleTable table, Deployments deployments, TransactionTemplate transaction, InstantSource clock) {
        this.table = table;
        this.deployments = deployments;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What a run comes to. */
    private interface Work {
        ScheduleView.Run at(Schedule schedule, Instant dueAt, Instant now);
    }

    /**
     * Runs that were missed, because nobody was there, are made up for by one.
     *
     * @return when to come back; none: never
     */
    Optional<Instant> wake(String id) {
        try {
            return transaction.execute(_ -> work(id, this::asked));
        } catch (ProblemException refused) {
            return transaction.execute(
                    _ -> work(id, (_, dueAt, now) -> new ScheduleView.Run(dueAt, now, null, refused.getMessage())));
        }
    }

    private Optional<Instant> work(String id, Work work) {
        Instant now = clock.instant();
        return table.hold(id).flatMap(schedule -> {
            Instant dueAt = schedule.nextWork();
            return dueAt == null || dueAt.isAfter(now) ? Optional.ofNullable(dueAt) : done(schedule, dueAt, now, work);
        });
    }

    private Optional<Instant> done(Schedule schedule, Instant dueAt, Instant now, Work work) {
        if (!schedule.isOver(now) || table.hasRun(schedule.id())) {
            table.enter(schedule.id(), work.at(schedule, dueAt, now));
        }
        Optional<Instant> next = schedule.nextWork(now);
        table.worksNextAt(schedule.id(), next.orElse(null));
        return next;
    }

    private ScheduleView.Run asked(Schedule schedule, Instant dueAt, Instant now) {
        DeploymentRequest request = schedule.isOver(now) ? schedule.stop() : schedule.request();
        DeploymentToken token =
                deployments.request(schedule.app(), request, null).token();
        return new ScheduleView.Run(dueAt, now, token, null);
    }
}
