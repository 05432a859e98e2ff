package io.gantry.bootstrapper.schedule;

import static io.gantry.bootstrapper.platform.PlatformService.SCHEDULER;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.contract.deployer.Mode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, as the scheduler tells it.
 *
 * @param next its next runs
 * @param runs its last runs, the newest first
 */
record Schedule(
        String id,
        String state,
        Mode mode,
        List<Service> services,
        @Nullable Instant at,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable Instant until,
        List<Instant> next,
        List<Run> runs) {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Service(String name, @Nullable Integer version) {}

    record Run(
            Instant dueAt,
            Instant firedAt,
            @Nullable String deployment,
            @Nullable String problem) {}

    static Route of(String app) {
        return Route.to(SCHEDULER, "apps", app, "schedules");
    }

    String when() {
        return cron == null ? String.valueOf(at) : cron + " " + timeZone;
    }
}
