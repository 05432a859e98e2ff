package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.platform.PlatformService;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.platform.ServerEvent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the lifecycle manager does to the fleet, shown as it happens. */
final class Reconciliation {
    private static final Route ROUTE = Route.to(PlatformService.LIFECYCLE_MANAGER, "reconciliation");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Session session;
    private final StepLines lines;
    private final Set<String> told = new HashSet<>();

    private enum StepState {
        RUNNING,
        DONE,
        FAILED
    }

    private record Step(
            long id,
            String machine,
            @Nullable String service,
            String what,
            StepState state,
            @Nullable String detail,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** What Azure is at: "create vm-3". */
    private record Ongoing(String what, Instant since) {}

    /**
     * @param settled whether the fleet is as it is to be
     * @param waitsFor what it waits for otherwise, a sentence each
     * @param refused those that nobody tries again until the fleet is told anew; an older platform does not say
     * @param steps the last ones
     * @param ongoing what the machines' provider is at, whoever asked for it
     */
    private record State(
            boolean settled,
            List<String> waitsFor,
            @Nullable List<String> refused,
            @Nullable List<Step> steps,
            @Nullable List<Ongoing> ongoing) {
        long lastStep() {
            return some(steps).stream().mapToLong(Step::id).max().orElse(0);
        }
    }

    Reconciliation(Session session) {
        this.session = session;
        this.lines = new StepLines(session);
    }

    boolean isSettled() {
        return state().settled();
    }

    /** What is under way, and what is waited for; nothing, if the fleet is as it is to be. */
    List<String> lines() {
        State state = state();
        if (state.settled()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        some(state.steps()).stream()
                .filter(step -> step.state() == StepState.RUNNING)
                .forEach(step -> lines.add("Under way for %s: %s: %s"
                        .formatted(session.age(step.startedAt()), step.machine(), step.what())));
        some(state.ongoing())
                .forEach(it ->
                        lines.add("Azure has been at it for %s: %s".formatted(session.age(it.since()), it.what())));
        state.waitsFor().forEach(wait -> lines.add("Waits for " + wait));
        return lines.isEmpty() ? List.of("Something was changed: the fleet is looked at.") : lines;
    }

    private static <T> List<T> some(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private State state() {
        return session.read(session.platform().get(ROUTE), State.class);
    }

    /** The number of the last step so far. */
    long lastStep() {
        return state().lastStep();
    }

    /**
     * Shows each step as it ends, until the fleet is as it is to be.
     *
     * @param seen the number of the last step that is not to be shown
     * @throws GaveUpException if it is not by then, or can't be, as something was refused; what it waits for is said
     */
    void follow(long seen, Duration patience) throws InterruptedException {
        Instant until = session.now().plus(patience);
        try (var events = session.platform().events(ROUTE.below("events"))) {
            while (session.now().isBefore(until)) {
                ServerEvent event = events.next(BETWEEN_LOOKS).orElse(null);
                if (event != null && isTheEnd(event, seen)) {
                    return;
                }
            }
        }
        throw new GaveUpException(
                ExitCode.TIMED_OUT,
                "The fleet is not ready yet: " + String.join("; ", state().waitsFor()),
                "The lifecycle manager goes on. Look again with: gantry status");
    }

    private boolean isTheEnd(ServerEvent event, long seen) {
        if (event.name().equals("step")) {
            Step step = session.read(event.data(), Step.class);
            if (step.id() > seen) {
                show(step);
            }
        }
        return event.name().equals("progress") && isReached(session.read(event.data(), State.class));
    }

    /** What failed and is tried again may still become what it is to be. */
    private static boolean isReached(State state) {
        List<String> refused = some(state.refused());
        if (!refused.isEmpty()) {
            throw new GaveUpException(
                    ExitCode.FAILED,
                    "The fleet is not what it is to be: " + String.join("; ", refused),
                    "All else goes on, see gantry status. This is tried again when gantry up is said again: when what stands in the way is mended, or fleet.yaml asks for something else.");
        }
        return state.settled();
    }

    private void show(Step step) {
        Instant ended = step.endedAt();
        if (ended == null) {
            lines.doing(step.machine(), step.what());
        } else if (step.state() == StepState.DONE) {
            lines.done(
                    step.machine(),
                    step.what(),
                    Duration.between(step.startedAt(), ended),
                    Objects.requireNonNullElse(step.detail(), ""));
        } else {
            showFailure(step, Objects.requireNonNullElse(step.detail(), "failed"));
        }
    }

    /** It is tried again; why it failed is said once. */
    private void showFailure(Step step, String why) {
        if (told.add(step.machine() + step.what() + why)) {
            lines.failed(step.machine(), step.what(), why);
        }
    }

    JsonNode json() {
        return session.platform().get(ROUTE);
    }
}
