package io.gantry.benchmarks.platform;

import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time of deployments went, by the platform's own account of its steps. */
public final class Steps {
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();

    public void add(Deployment deployment) {
        for (Deployment.Step step : deployment.steps()) {
            Instant ended = step.endedAt();
            if (ended != null) {
                double taken = Duration.between(step.startedAt(), ended).toNanos() / 1e6;
                millis.computeIfAbsent(step.step(), name -> new ArrayList<>()).add(taken);
            }
        }
    }

    /** A sentence: {@code Medians of its steps: PLACING 4.1 ms, STARTING 190 ms.} */
    public String sentence() {
        return millis.entrySet().stream()
                .map(step -> step.getKey() + " "
                        + new Samples(step.getKey(), Unit.MILLISECONDS, step.getValue()).format(0.5))
                .collect(Collectors.joining(", ", "Medians of its steps, by its own account: ", "."));
    }
}
