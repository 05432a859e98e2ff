package io.gantry.bootstrapper.platform;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the services of a fleet are: its lifecycle managers are known, and they know where all else is. */
final class FleetAddresses implements Addresses {
    private static final String READY = "READY";

    private final List<URI> lifecycleManagers;
    private final Supplier<JsonNode> services;
    private @Nullable Map<String, List<URI>> known;

    /** @param services asks a lifecycle manager for all services */
    FleetAddresses(List<URI> lifecycleManagers, Supplier<JsonNode> services) {
        this.lifecycleManagers = List.copyOf(lifecycleManagers);
        this.services = services;
    }

    @Override
    public synchronized List<URI> of(PlatformService service) {
        if (service == PlatformService.LIFECYCLE_MANAGER) {
            return lifecycleManagers;
        }
        if (known == null) {
            known = read(services.get());
        }
        List<URI> addresses = known.get(service.toString());
        if (addresses == null) {
            known = null;
            throw UnreachableException.nowhere(service);
        }
        return addresses;
    }

    @Override
    public synchronized void forget() {
        known = null;
    }

    /** Replicas that are ready come first. */
    private static Map<String, List<URI>> read(JsonNode answer) {
        return StreamSupport.stream(answer.path("services").spliterator(), false)
                .filter(replica -> replica.path("address").isString())
                .collect(Collectors.groupingBy(
                        replica -> replica.path("name").asString(),
                        Collectors.collectingAndThen(Collectors.toList(), FleetAddresses::readyFirst)));
    }

    private static List<URI> readyFirst(List<JsonNode> replicas) {
        Map<Boolean, List<URI>> byReady = replicas.stream()
                .collect(Collectors.partitioningBy(
                        replica -> READY.equals(replica.path("state").asString("")),
                        Collectors.mapping(FleetAddresses::address, Collectors.toList())));
        List<URI> sorted = new ArrayList<>(byReady.getOrDefault(true, List.of()));
        sorted.addAll(byReady.getOrDefault(false, List.of()));
        return List.copyOf(sorted);
    }

    private static URI address(JsonNode replica) {
        return Addresses.at(
                replica.path("address").asString(), replica.path("port").asInt());
    }
}
