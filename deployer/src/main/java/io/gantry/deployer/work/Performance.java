package io.gantry.deployer.work;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** Hands each piece of work to the one who can do it, and decides what follows when it fails. */
@Component
class Performance {
    private static final Logger log = LoggerFactory.getLogger(Performance.class);

    private final Map<Class<?>, Performer<?>> performers;
    private final WorkSettings settings;
    private final Attendance attendance;
    private final Traces traces;
    private final DeployerName self;

    Performance(
            List<Performer<?>> performers,
            WorkSettings settings,
            Attendance attendance,
            Traces traces,
            DeployerName self) {
        this.performers = performers.stream().collect(Collectors.toMap(Performer::kind, Function.identity()));
        this.settings = settings;
        this.attendance = attendance;
        this.traces = traces;
        this.self = self;
    }

    /**
     * Where the deployer stops, the thread still has to put the work back: it is not left interrupted.
     *
     * @param number of the try, from 1; a deployer that died had one, too
     */
    void perform(Assignment assignment, int number) {
        try (Activity activity = activity(assignment, number)) {
            attendance.begun(assignment.leg(), assignment.work(), number);
            perform(assignment, activity);
        }
    }

    private void perform(Assignment assignment, Activity activity) {
        try {
            performer(assignment.work()).perform(assignment.leg(), assignment.work());
        } catch (InterruptedException stopped) {
            activity.failed("the deployer stops");
            throw new IllegalStateException("The deployer stops; this goes on elsewhere", stopped);
        } catch (RuntimeException failed) {
            activity.failed(Performer.reason(failed));
            throw failed;
        }
    }

    private Activity activity(Assignment assignment, int number) {
        LegId leg = assignment.leg();
        return traces.work(assignment.work().verb(), assignment.trace())
                .with("app", leg.app())
                .with("service", leg.service())
                .with("deployment", leg.token())
                .with("instance", assignment.work().instance())
                .with("try", number)
                .with("deployer", self.value());
    }

    void onFailure(ExecutionComplete failed, ExecutionOperations<Assignment> operations) {
        Assignment assignment = (Assignment) failed.getExecution().taskInstance.getData();
        int failures = failed.getExecution().consecutiveFailures + 1;
        Throwable cause = failed.getCause().orElseGet(() -> new IllegalStateException("It failed without a word"));
        Performer<Work> performer = performer(assignment.work());
        boolean soon = performer.isAwaited() || performer.isLasting(cause);
        if (failures < settings.tries(soon)) {
            log.atLevel(performer.isAwaited() ? Level.WARN : Level.INFO)
                    .log("Try {} of {} failed: {}", failures, assignment.key(), Performer.reason(cause));
            Duration pause = settings.pauseAfter(failures, soon);
            operations.reschedule(failed, failed.getTimeDone().plus(pause));
            attendance.failed(assignment.leg(), assignment.work(), Performer.reason(cause));
        } else {
            log.error("Given up {} after {} tries: {}", assignment.key(), failures, Performer.reason(cause), cause);
            performer.giveUp(assignment.leg(), assignment.work(), cause);
            operations.stop();
        }
    }

    /** The map holds each performer under the kind of work it says it does. */
    @SuppressWarnings("unchecked")
    private Performer<Work> performer(Work work) {
        Performer<?> performer = performers.get(work.getClass());
        if (performer == null) {
            throw new IllegalStateException("Nobody does " + work);
        }
        return (Performer<Work>) performer;
    }
}
