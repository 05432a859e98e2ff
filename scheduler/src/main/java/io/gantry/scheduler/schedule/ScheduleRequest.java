package io.gantry.scheduler.schedule;

import io.gantry.contract.deployer.Mode;
import io.gantry.scheduler.deployment.DeploymentRequest;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is asked for: {@code at}, or {@code cron} and {@code timeZone}. Anything may be missing.
 *
 * @param timeZone an IANA name; none: UTC
 */
record ScheduleRequest(
        @Nullable Mode mode,
        @Nullable List<DeploymentRequest.@Nullable Choice> services,
        @Nullable Instant at,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable Instant until) {
    private static final Set<Mode> STOPPABLE = EnumSet.of(Mode.RUN, Mode.BUILD_AND_RUN);

    /** What it is to do, checked. */
    DeploymentRequest deployment() {
        return DeploymentRequest.checked(mode, services);
    }

    @Nullable
    ZoneId zone() {
        if (cron == null) {
            return null;
        }
        try {
            return ZoneId.of(timeZone == null ? "UTC" : timeZone);
        } catch (DateTimeException unknown) {
            throw wrong("/timeZone", "\"%s\" is no time zone: use an IANA name like Europe/Berlin".formatted(timeZone));
        }
    }

    /** @throws ProblemException 400, naming the field */
    void refuseWhatNeverComes(Instant now) {
        if ((at == null) == (cron == null)) {
            throw wrong("/at", "Say either when, as \"at\", or how often, as \"cron\"");
        }
        if (at != null && timeZone != null) {
            throw wrong("/timeZone", "An instant needs no time zone; it is for \"cron\"");
        }
        if (at != null && !at.isAfter(now)) {
            throw wrong("/at", "%s has passed; it is %s".formatted(at, now));
        }
        ZoneId zone = zone();
        if (cron != null && zone != null) {
            refuseCron(cron, zone, now);
        }
        refuseUntil();
    }

    private static void refuseCron(String cron, ZoneId zone, Instant now) {
        try {
            if (Cron.parse(cron, zone).next(now).isEmpty()) {
                throw wrong("/cron", "\"%s\" never comes".formatted(cron));
            }
        } catch (IllegalArgumentException unreadable) {
            throw wrong("/cron", "\"%s\" is no cron expression: %s".formatted(cron, unreadable.getMessage()));
        }
    }

    private void refuseUntil() {
        if (until != null && (mode == null || !STOPPABLE.contains(mode))) {
            throw wrong("/until", "Only what runs can be stopped: \"until\" goes with RUN and BUILD_AND_RUN");
        }
    }

    void refuseEndBeforeFirstRun(Schedule schedule, Instant now) {
        if (schedule.nextRun(now).isEmpty()) {
            throw wrong("/until", "%s is before the first run".formatted(until));
        }
    }

    private static ProblemException wrong(String pointer, String message) {
        return ProblemException.badRequest("INVALID_BODY", message + ".", new FieldProblem(pointer, message));
    }
}
