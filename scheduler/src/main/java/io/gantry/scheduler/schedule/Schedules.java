package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.messaging.Tokens;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.deployment.Choices;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.scheduler.work.DueWork;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The schedules of every app. */
@Component
class Schedules {
    private final Apps apps;
    private final Choices choices;
    private final ScheduleTable table;
    private final DueWork due;
    private final Tokens tokens;
    private final InstantSource clock;

    Schedules(Apps apps, Choices choices, ScheduleTable table, DueWork due, Tokens tokens, InstantSource clock) {
        this.apps = apps;
        this.choices = choices;
        this.table = table;
        this.due = due;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @throws ProblemException 400 for what is never due, 404 for what is not there */
    @Transactional
    public ScheduleView add(AppName app, ScheduleRequest request) {
        Instant now = clock.instant();
        DeploymentRequest deployment = request.deployment();
        request.refuseWhatNeverComes(now);
        Schedule asked = new Schedule(
                tokens.next(),
                app,
                deployment.mode(),
                deployment.services(),
                request.at(),
                request.cron(),
                request.zone(),
                request.until(),
                now,
                null);
        request.refuseEndBeforeFirstRun(asked, now);
        apps.hold(app);
        choices.requireVersions(app, deployment.services());
        Instant first = asked.nextWork(now).orElseThrow();
        Schedule schedule = asked.workingNextAt(first);
        table.insert(schedule);
        due.enter(ScheduleWork.TASK, schedule.id(), first);
        return ScheduleView.of(schedule, List.of(), now);
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
