package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.deployment.DeploymentRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deployments that are asked for when their time comes: once at {@code at}, or whenever {@code cron} says.
 *
 * @param until when everything is stopped and the schedule ends; none: never
 * @param nextWork when there is something to do next, a run or the end; none: the schedule has ended
 */
record Schedule(
        String id,
        AppName app,
        Mode mode,
        List<DeploymentRequest.Choice> services,
        @Nullable Instant at,
        @Nullable String cron,
        @Nullable ZoneId timeZone,
        @Nullable Instant until,
        Instant createdAt,
        @Nullable Instant nextWork) {
    Schedule {
        services = List.copyOf(services);
    }

    /** Whether another is the same but for its name and its time of making, and how far it has come. */
    boolean asksForTheSame(Schedule other) {
        return equals(new Schedule(
                id,
                other.app,
                other.mode,
                other.services,
                other.at,
                other.cron,
                other.timeZone,
                other.until,
                createdAt,
                nextWork));
    }

    DeploymentRequest request() {
        return new DeploymentRequest(mode, services);
    }

    DeploymentRequest stop() {
        return new DeploymentRequest(Mode.STOP, services);
    }

    boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** The next run after an instant. */
    Optional<Instant> nextRun(Instant after) {
        return timetable().next(after).filter(run -> !isOver(run));
    }

    List<Instant> nextRuns(Instant after, int count) {
        return timetable().next(after, count).stream()
                .filter(run -> !isOver(run))
                .toList();
    }

    /** When there is something to do after an instant: a run, or the end. */
    Optional<Instant> nextWork(Instant after) {
        return isOver(after) ? Optional.empty() : nextRun(after).or(() -> Optional.ofNullable(until));
    }

    Schedule workingNextAt(@Nullable Instant next) {
        return new Schedule(id, app, mode, services, at, cron, timeZone, until, createdAt, next);
    }

    private Timetable timetable() {
        return at != null
                ? new Timetable.At(at)
                : new Timetable.Repeated(Cron.parse(Objects.requireNonNull(cron), Objects.requireNonNull(timeZone)));
    }
}
