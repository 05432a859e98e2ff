package io.gantry.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order that follows from what services need.
 *
 * @param waves what may start at the same time, when all earlier waves are ready
 * @param circles services of which each needs the next, and the last the first; they stand in no wave
 */
public record StartOrder(List<List<PlatformService>> waves, List<List<String>> circles) {
    public StartOrder {
        waves = List.copyOf(waves);
        circles = List.copyOf(circles);
    }

    /** What is needed but not among the services does not count. */
    static StartOrder of(Collection<PlatformService> services) {
        List<List<PlatformService>> waves = new ArrayList<>();
        List<List<String>> circles = new ArrayList<>();
        List<PlatformService> waiting = new ArrayList<>(services);
        while (!waiting.isEmpty()) {
            Set<String> awaited = names(waiting);
            List<PlatformService> wave = waiting.stream()
                    .filter(service -> service.needs().stream().noneMatch(awaited::contains))
                    .toList();
            if (wave.isEmpty()) {
                List<String> circle = circle(waiting);
                circles.add(circle);
                waiting.removeIf(service -> circle.contains(service.name()));
            } else {
                waves.add(wave);
                waiting.removeAll(wave);
            }
        }
        return new StartOrder(waves, circles);
    }

    /** From any service that waits, along what it waits for, one comes back to where one has been. */
    private static List<String> circle(List<PlatformService> waiting) {
        List<String> path = new ArrayList<>();
        PlatformService here = waiting.getFirst();
        while (!path.contains(here.name())) {
            path.add(here.name());
            here = awaitedBy(here, waiting).orElseThrow();
        }
        return List.copyOf(path.subList(path.indexOf(here.name()), path.size()));
    }

    private static Optional<PlatformService> awaitedBy(PlatformService service, List<PlatformService> waiting) {
        return waiting.stream()
                .filter(other -> service.needs().contains(other.name()))
                .findFirst();
    }

    private static Set<String> names(List<PlatformService> services) {
        Set<String> names = new HashSet<>();
        services.forEach(service -> names.add(service.name()));
        return names;
    }
}
