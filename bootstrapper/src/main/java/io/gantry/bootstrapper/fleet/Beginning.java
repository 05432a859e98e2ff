package io.gantry.bootstrapper.fleet;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.PlatformService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a fleet begins with: the services that keep data, and the first lifecycle manager, each on the first machine for it. */
record Beginning(Fleet fleet) {
    static final String LIFECYCLE_MANAGER = "lifecycle-manager";
    static final String DATABASE = "postgres";
    static final String KAFKA = "kafka";
    /** The lifecycle manager stands on these; it starts all others itself. */
    private static final List<String> FOUNDATIONS = List.of(DATABASE, "blob-storage", "container-registry");

    List<PlatformService> foundations() {
        return FOUNDATIONS.stream()
                .map(fleet::service)
                .flatMap(Optional::stream)
                .toList();
    }

    PlatformService lifecycleManager() {
        return fleet.service(LIFECYCLE_MANAGER).orElseThrow();
    }

    /** By service. Kafka's is said already, as the lifecycle manager is told where it will be. */
    Map<String, List<String>> places() {
        Map<String, List<String>> places = new TreeMap<>();
        Stream.concat(FOUNDATIONS.stream(), Stream.of(KAFKA, LIFECYCLE_MANAGER))
                .map(fleet::service)
                .flatMap(Optional::stream)
                .forEach(service ->
                        places.put(service.name(), List.of(machineOf(service).name())));
        return places;
    }

    /** Whether it keeps data that the lifecycle manager stands on. */
    static boolean isFoundation(String service) {
        return FOUNDATIONS.contains(service);
    }

    Machine machineOf(PlatformService service) {
        return fleet.machinesFor(service).getFirst();
    }

    /** The machines that must be there before the lifecycle manager is, in the order of the file. */
    List<Machine> machines() {
        return fleet.beginning();
    }
}
