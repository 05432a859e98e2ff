package io.gantry.benchmarks.platform;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A deployment as the scheduler tells it, as far as we look at it. */
public record Deployment(
        String token,
        String state,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        List<Service> services,
        List<Step> steps) {
    private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT");

    /** @param image by digest, once there is one */
    public record Service(
            String name,
            @Nullable String image,
            List<Instance> instances,
            @Nullable Failure failure) {
        public Service {
            instances = instances == null ? List.of() : List.copyOf(instances);
        }
    }

    public record Instance(String id) {}

    public record Failure(
            String code, String message, @Nullable List<String> log) {}

    public record Step(
            String step, Instant startedAt, @Nullable Instant endedAt) {}

    public Deployment {
        services = services == null ? List.of() : List.copyOf(services);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    boolean ended() {
        return FINAL.contains(state);
    }

    public boolean hasSucceeded() {
        return state.equals("SUCCEEDED");
    }

    /** @throws IllegalStateException with the reason, if it ended any other way */
    public Deployment succeeded() {
        if (!hasSucceeded()) {
            throw new IllegalStateException("Deployment %s ended %s: %s".formatted(token, state, services));
        }
        return this;
    }
}
