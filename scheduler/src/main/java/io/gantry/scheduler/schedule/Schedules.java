package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.messaging.Tokens;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.deployment.Choices;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.scheduler.deployment.IdempotencyKey;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The schedules of every app. */
@Component
class Schedules {
    private final Apps apps;
    private final Choices choices;
    private final ScheduleTable table;
    private final ScheduleWatch watch;
    private final Tokens tokens;
    private final InstantSource clock;

    Schedules(
            Apps apps, Choices choices, ScheduleTable table, ScheduleWatch watch, Tokens tokens, InstantSource clock) {
        this.apps = apps;
        this.choices = choices;
        this.table = table;
        this.watch = watch;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * @param idempotencyKey none: asking twice is asking for two
     * @return the schedule; the earlier one if the same was asked for with this key before
     * @throws ProblemException 400 for what is never due, 404 for what is not there, 409 for a key that was used for something else
     */
    @Transactional
    public ScheduleView add(AppName app, ScheduleRequest request, @Nullable String idempotencyKey) {
        DeploymentRequest deployment = request.deployment();
        Instant now = clock.instant();
        Schedule asked = new Schedule(
                tokens.next(),
                app,
                deployment.mode(),
                deployment.services(),
                asKept(request.at()),
                request.cron(),
                request.zone(),
                asKept(request.until()),
                now,
                null);
        return earlier(asked, idempotencyKey).orElseGet(() -> added(asked, request, idempotencyKey));
    }

    /** The database keeps microseconds; asked for again, it is to be found the same. */
    private static @Nullable Instant asKept(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    private ScheduleView added(Schedule asked, ScheduleRequest request, @Nullable String idempotencyKey) {
        Instant now = asked.createdAt();
        request.refuseWhatNeverComes(now);
        request.refuseEndBeforeFirstRun(asked, now);
        apps.hold(asked.app());
        choices.requireVersions(asked.app(), asked.services());
        Schedule schedule = asked.workingNextAt(asked.nextWork(now).orElseThrow());
        if (!table.insert(schedule, idempotencyKey)) {
            return earlier(asked, idempotencyKey).orElseThrow();
        }
        watch.lookAfterCommit();
        return ScheduleView.of(schedule, List.of(), now);
    }

    /** Also if its time has come since it was asked for first. */
    private Optional<ScheduleView> earlier(Schedule asked, @Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return Optional.empty();
        }
        Optional<Schedule> earlier = table.withKey(asked.app(), idempotencyKey);
        earlier.filter(known -> !known.asksForTheSame(asked)).ifPresent(known -> {
            throw IdempotencyKey.reused("schedule " + known.id());
        });
        return earlier.map(this::view);
    }

    List<ScheduleView> of(AppName app) {
        apps.require(app);
        return table.of(app).stream().map(this::view).toList();
    }

    /** @throws ProblemException 404 */
    ScheduleView one(AppName app, String id) {
        return view(require(app, id));
    }

    /** What it has asked for already goes on. */
    @Transactional
    public void delete(AppName app, String id) {
        table.delete(require(app, id).id());
    }

    private Schedule require(AppName app, String id) {
        return table.find(apps.require(app).name(), id)
                .orElseThrow(() -> ProblemException.notFound(
                        "SCHEDULE_NOT_FOUND", "The app \"%s\" has no such schedule.".formatted(app)));
    }

    private ScheduleView view(Schedule schedule) {
        return ScheduleView.of(schedule, table.runs(schedule.id(), ScheduleView.RUNS_SHOWN), clock.instant());
    }
}
