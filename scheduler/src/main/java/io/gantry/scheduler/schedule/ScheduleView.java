package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.deployment.DeploymentRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, as users see it.
 *
 * @param next its next runs, five at most
 * @param runs its last runs, the newest first
 */
record ScheduleView(
        String id,
        AppName app,
        State state,
        Mode mode,
        List<DeploymentRequest.Choice> services,
        @Nullable Instant at,
        @Nullable String cron,
        @Nullable ZoneId timeZone,
        @Nullable Instant until,
        Instant createdAt,
        List<Instant> next,
        List<Run> runs) {
    static final int RUNS_SHOWN = 10;

    private static final int NEXT_SHOWN = 5;

    enum State {
        ACTIVE,
        ENDED
    }

    /**
     * @param firedAt later than {@code dueAt} if nobody was there in time
     * @param deployment what was asked for; none if it was refused
     * @param problem why it was refused
     */
    record Run(
            Instant dueAt,
            Instant firedAt,
            @Nullable DeploymentToken deployment,
            @Nullable String problem) {}

    static ScheduleView of(Schedule schedule, List<Run> runs, Instant now) {
        boolean active = schedule.nextWork() != null;
        return new ScheduleView(
                schedule.id(),
                schedule.app(),
                active ? State.ACTIVE : State.ENDED,
                schedule.mode(),
                schedule.services(),
                schedule.at(),
                schedule.cron(),
                schedule.timeZone(),
                schedule.until(),
                schedule.createdAt(),
                active ? schedule.nextRuns(now, NEXT_SHOWN) : List.of(),
                runs);
    }
}
