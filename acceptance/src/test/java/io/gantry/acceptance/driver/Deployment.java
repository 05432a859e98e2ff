package io.gantry.acceptance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A deployment, as the scheduler tells it. */
public record Deployment(
        String token,
        String app,
        String mode,
        String state,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        @Nullable String traceId,
        @Nullable URI url,
        List<Service> services,
        @Nullable List<Step> steps) {
    private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT");

    public record Service(
            String name,
            @Nullable Integer version,
            String state,
            @Nullable String image,
            @Nullable List<Instance> instances,
            @Nullable Failure failure) {}

    public record Instance(
            String id,
            String node,
            String address,
            @Nullable Integer port) {}

    public record Failure(
            String kind,
            String code,
            String message,
            @Nullable Integer exitCode,
            boolean oomKilled,
            @Nullable String lastProbe,
            List<String> log) {}

    public record Step(
            String service,
            String step,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String detail) {}

    public boolean isFinal() {
        return FINAL.contains(state);
    }

    /** The deployment, if it ended so; says what failed otherwise. */
    public Deployment expect(String expected) {
        assertThat(state).as("State of %s", this).isEqualTo(expected);
        return this;
    }

    public Service service(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No service " + name + " in " + this));
    }

    public Service onlyService() {
        assertThat(services).hasSize(1);
        return services.getFirst();
    }

    /** Why its only service failed. */
    public Failure failure() {
        Failure failure = onlyService().failure();
        assertThat(failure).as("Failure of %s", this).isNotNull();
        return failure;
    }

    /** The states that its services passed through, in order. */
    public List<String> stepNames() {
        return steps == null ? List.of() : steps.stream().map(Step::step).toList();
    }
}
