package io.gantry.deployer.work;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import io.gantry.deployer.leg.Work;
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

    Performance(List<Performer<?>> performers, WorkSettings settings, Attendance attendance) {
        this.performers = performers.stream().collect(Collectors.toMap(Performer::kind, Function.identity()));
        this.settings = settings;
        this.attendance = attendance;
    }

    /**
     * Where the deployer stops, the thread still has to put the work back: it is not left interrupted.
     *
     * @param number of the try, from 1; a deployer that died had one, too
     */
    void perform(Assignment assignment, int number) {
        attendance.begun(assignment.leg(), assignment.work(), number);
        try {
            performer(assignment.work()).perform(assignment.leg(), assignment.work());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("The deployer stops; this goes on elsewhere", stopped);
        }
    }

    void onFailure(ExecutionComplete failed, ExecutionOperations<Assignment> operations) {
        Assignment assignment = (Assignment) failed.getExecution().taskInstance.getData();
        int failures = failed.getExecution().consecutiveFailures + 1;
        Throwable cause = failed.getCause().orElseGet(() -> new IllegalStateException("It failed without a word"));
        Performer<Work> performer = performer(assignment.work());
        if (failures < settings.tries(performer.isAwaited())) {
            log.atLevel(performer.isAwaited() ? Level.WARN : Level.INFO)
                    .log("Try {} of {} failed: {}", failures, assignment.key(), Performer.reason(cause));
            Duration pause = settings.pauseAfter(failures, performer.isAwaited());
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
