package io.gantry.acceptance.driver;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule, as the scheduler tells it. */
public record Schedule(String id, String state, List<Instant> next, List<Run> runs) {
    public record Run(
            Instant dueAt,
            Instant firedAt,
            @Nullable String deployment,
            @Nullable String problem) {}
}
