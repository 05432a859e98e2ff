package io.gantry.bootstrapper.deployment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Table;
import io.gantry.contract.deployer.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When each step of a deployment began, how long it took, how often it was tried and by whom; and how long was waited. */
final class Timeline {
    /** In these, somebody else has to do something first. */
    private static final Set<ServiceState> WAITING = EnumSet.of(ServiceState.QUEUED, ServiceState.PLACING);

    private final Deployment deployment;
    private final Instant now;

    /** @param now how far a step is that goes on */
    Timeline(Deployment deployment, Instant now) {
        this.deployment = deployment;
        this.now = now;
    }

    Table table() {
        var table = new Table("SERVICE", "STEP", "BEGAN", "TOOK", "TRIES", "BY", "DETAIL");
        for (Deployment.Step step : deployment.steps()) {
            Duration after = Duration.between(deployment.requestedAt(), step.startedAt());
            table.row(
                    step.service(),
                    step.step(),
                    "+" + Ages.exact(after),
                    Ages.exact(took(step)),
                    step.tries(),
                    String.join(", then ", step.by()),
                    step.detail());
        }
        return table;
    }

    /** One sentence a service that had to wait. */
    List<String> waits() {
        return waitsByService().entrySet().stream()
                .map(waits -> "%s waited: %s".formatted(waits.getKey(), waits.getValue()))
                .toList();
    }

    private Map<String, String> waitsByService() {
        return deployment.steps().stream()
                .filter(step -> WAITING.contains(step.step()))
                .collect(groupingBy(Deployment.Step::service, LinkedHashMap::new, mapping(this::wait, joining(", "))));
    }

    private String wait(Deployment.Step step) {
        return "%s %s".formatted(Ages.exact(took(step)), step.step());
    }

    private Duration took(Deployment.Step step) {
        return Duration.between(step.startedAt(), step.endedAt() == null ? now : step.endedAt());
    }
}
