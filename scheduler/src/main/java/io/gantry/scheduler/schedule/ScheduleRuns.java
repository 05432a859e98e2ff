package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.scheduler.catalog.App;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.scheduler.deployment.Deployments;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what schedules want at their times, for many in one transaction. A run, the deployment it asks for and the time of the next
 * run are entered together, while nobody else has the schedule: whoever comes second, or again after a crash, finds that it is not
 * due. Runs that were missed, because nobody was there, are made up for by one.
 */
@Component
class ScheduleRuns {
    private static final int AT_ONCE = 500;

    private final ScheduleTable table;
    private final Apps apps;
    private final Deployments deployments;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ScheduleRuns(
            ScheduleTable table,
            Apps apps,
            Deployments deployments,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.apps = apps;
        this.deployments = deployments;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Fires what is due and nobody else is at work on.
     *
     * @param except ids of those that are left for later
     * @return how many; none: somebody else is at work on all of them
     */
    int fire(Collection<String> except) {
        return fired(now -> table.holdDue(now, except, AT_ONCE));
    }

    /** Fires one of them, if it is due and nobody else is at work on it. */
    void fireOne(String id) {
        fired(now -> table.holdDue(now, id));
    }

    private int fired(Function<Instant, List<Schedule>> held) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            // The database knows microseconds and rounds: what is due to it, half of one early, would not be to us.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<Firing> firings = firings(held.apply(now), now);
            enter(firings);
            return firings.size();
        }));
    }

    /** Those of an app that somebody is removing just now have to wait for that. */
    private List<Firing> firings(List<Schedule> due, Instant now) {
        Map<AppName, App> free = free(due.stream().map(Schedule::app).collect(Collectors.toSet()));
        return due.stream()
                .filter(schedule -> free.containsKey(schedule.app()))
                .map(schedule -> firing(schedule, Objects.requireNonNull(free.get(schedule.app())), now))
                .toList();
    }

    private Map<AppName, App> free(Set<AppName> names) {
        return apps.holdFree(names).stream().collect(Collectors.toMap(App::name, app -> app));
    }

    /**
     * What comes of a schedule that is due.
     *
     * @param run none: its end has come, and there is nothing to stop
     * @param planned none where it is refused
     */
    private record Firing(Schedule schedule, ScheduleView.@Nullable Run run, Deployments.@Nullable Planned planned) {}

    private Firing firing(Schedule due, App app, Instant now) {
        Schedule next = due.workingNextAt(due.nextWork(now).orElse(null));
        if (due.isOver(now) && !table.hasRun(due.id())) {
            return new Firing(next, null, null);
        }
        Instant dueAt = Objects.requireNonNull(due.nextWork());
        try {
            app.requireToStay();
            DeploymentRequest request = due.isOver(now) ? due.stop() : due.request();
            Deployments.Planned planned = deployments.plan(app.name(), request);
            return new Firing(
                    next, new ScheduleView.Run(dueAt, now, planned.deployment().token(), null), planned);
        } catch (ProblemException refused) {
            return new Firing(next, new ScheduleView.Run(dueAt, now, null, refused.getMessage()), null);
        }
    }

    private void enter(List<Firing> firings) {
        deployments.enter(
                firings.stream().map(Firing::planned).filter(Objects::nonNull).toList());
        table.enter(firings.stream()
                .filter(firing -> firing.run() != null)
                .map(firing -> new ScheduleTable.RunOf(firing.schedule().id(), Objects.requireNonNull(firing.run())))
                .toList());
        table.setNextWork(firings.stream().map(Firing::schedule).toList());
    }
}
