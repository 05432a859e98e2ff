package io.gantry.loadbalancer.reservation;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.Shortage;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.loadbalancer.placement.Demand;
import io.gantry.loadbalancer.placement.Share;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the requests that wait come to: which other node would help them. */
final class Shortages {
    private Shortages() {}

    /** @param service none: the app's services go to one node, all of them */
    private record Together(AppName app, @Nullable ServiceName service) {}

    /** @param anywhere whether a request is bound to no node; another node would not help one that is */
    static List<Shortage> of(List<Waiting> waiting, Predicate<Place> anywhere) {
        Map<Together, List<Waiting>> together = waiting.stream()
                .filter(each -> anywhere.test(each.place()))
                .collect(Collectors.groupingBy(Shortages::together, LinkedHashMap::new, Collectors.toList()));
        return together.entrySet().stream()
                .map(each -> shortage(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Shortage::since))
                .limit(CapacityReport.MOST)
                .toList();
    }

    private static Together together(Waiting waiting) {
        Place place = waiting.place();
        return new Together(place.app(), place.accompanied() ? null : place.service());
    }

    private static Shortage shortage(Together together, List<Waiting> waiting) {
        Share needed = waiting.stream()
                .map(each -> Demand.of(each.place(), null).room())
                .reduce(Share.NOTHING, Share::orMore);
        return new Shortage(
                together.app(),
                waiting.stream().map(each -> each.place().service()).distinct().toList(),
                waiting.size(),
                needed.milliCpus() / 1000.0,
                new Memory(needed.memory()),
                labels(waiting),
                waiting.stream().map(Waiting::since).min(Instant::compareTo).orElseThrow());
    }

    private static Map<String, String> labels(List<Waiting> waiting) {
        Map<String, String> labels = new TreeMap<>();
        waiting.forEach(each -> labels.putAll(Demand.of(each.place(), null).labels()));
        return labels;
    }
}
