package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.contract.deployer.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line for each step that has ended, with the time it took; what is in progress below them, where it can be taken back. */
final class StepLines {
    private final Session session;
    private final Terminal terminal;
    private final Set<Object> told = new HashSet<>();
    private List<Deployment.Step> inProgress = List.of();

    /** A step of a service; it may come again, at another time. */
    private record Key(String service, ServiceState step, Instant startedAt) {}

    StepLines(Session session) {
        this.session = session;
        this.terminal = session.terminal();
    }

    void show(Deployment deployment) {
        deployment.steps().forEach(this::show);
        inProgress = deployment.steps().stream()
                .filter(step -> step.endedAt() == null && !step.step().isFinal())
                .toList();
    }

    /** Shows how long what is in progress has taken so far. */
    void tick() {
        terminal.status(inProgress.stream()
                .map(step -> "%s %s %s".formatted(step.service(), name(step), elapsed(step, session.now())))
                .collect(Collectors.joining(" · ", "  ", "")));
    }

    private void show(Deployment.Step step) {
        Instant ended = step.endedAt();
        if (ended == null && step.detail() != null && isWaiting(step) && told.add(step.detail())) {
            terminal.say(line(step, "", step.detail()));
        }
        if (ended != null && told.add(new Key(step.service(), step.step(), step.startedAt()))) {
            terminal.say(line(step, elapsed(step, ended), isWaiting(step) ? null : step.detail()));
        }
    }

    private static boolean isWaiting(Deployment.Step step) {
        return step.step() == ServiceState.QUEUED || step.step() == ServiceState.PLACING;
    }

    private String line(Deployment.Step step, String time, @Nullable String detail) {
        String line = "  %-16s %-12s %8s".formatted(step.service(), name(step), time);
        return detail == null ? line : line + "   " + terminal.faint(detail);
    }

    private static String name(Deployment.Step step) {
        return step.step().name().toLowerCase(Locale.ROOT);
    }

    private static String elapsed(Deployment.Step step, Instant until) {
        return Ages.exact(Duration.between(step.startedAt(), until));
    }
}
