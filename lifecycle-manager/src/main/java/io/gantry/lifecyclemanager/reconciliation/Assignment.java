package io.gantry.lifecyclemanager.reconciliation;

import static java.util.Comparator.comparing;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.PlatformService;
import io.gantry.lifecyclemanager.replica.Replica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which machines run which service of the platform. What runs somewhere stays there as long as it may. The rest goes where the
 * data is: without that machine nothing works anyway, and so it is the only one whose loss stops the platform. What has no room
 * there, and every second replica, goes to the machine whose memory is used least.
 *
 * @param machines by service, in the order in which services are started
 */
record Assignment(Map<String, List<String>> machines) {
    Assignment {
        machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
    }

    /**
     * @param there replicas that are there already; those that are rather to stay first
     * @param lost machines that take nothing
     */
    static Assignment of(Fleet fleet, List<Replica> there, Set<String> lost) {
        return new Placing(fleet, there, lost).all();
    }

    List<String> of(String service) {
        return machines.getOrDefault(service, List.of());
    }

    boolean has(Replica replica) {
        return of(replica.service()).contains(replica.machine());
    }

    List<Replica> replicas() {
        return machines.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(machine -> new Replica(entry.getKey(), machine)))
                .toList();
    }

    /** Where the only replica of a service is, or the first of several. */
    Optional<String> first(String service) {
        return of(service).stream().findFirst();
    }

    private static final class Placing {
        private final Fleet fleet;
        private final List<Replica> there;
        private final Set<String> lost;
        private final Map<String, List<String>> places = new LinkedHashMap<>();

        Placing(Fleet fleet, List<Replica> there, Set<String> lost) {
            this.fleet = fleet;
            this.there = there;
            this.lost = lost;
        }

        Assignment all() {
            List<PlatformService> services = fleet.startOrder().waves().stream()
                    .flatMap(Collection::stream)
                    .toList();
            services.forEach(service -> places.put(service.name(), staying(service)));
            services.forEach(this::fill);
            return new Assignment(places);
        }

        private List<String> staying(PlatformService service) {
            List<Machine> mayStay = Replica.KEEP_DATA.contains(service.name()) ? fleet.machines() : candidates(service);
            List<String> names = mayStay.stream().map(Machine::name).toList();
            return there.stream()
                    .filter(replica -> replica.service().equals(service.name()))
                    .map(Replica::machine)
                    .filter(names::contains)
                    .distinct()
                    .limit(service.replicas())
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        private List<Machine> candidates(PlatformService service) {
            return fleet.machinesFor(service).stream()
                    .filter(machine -> !lost.contains(machine.name()))
                    .toList();
        }

        private void fill(PlatformService service) {
            List<String> chosen = places.getOrDefault(service.name(), List.of());
            while (chosen.size() < service.replicas()) {
                Optional<Machine> next = candidates(service).stream()
                        .filter(machine -> !chosen.contains(machine.name()))
                        .min(best(service));
                if (next.isEmpty()) {
                    return;
                }
                chosen.add(next.get().name());
            }
        }

        private Comparator<Machine> best(PlatformService service) {
            return comparing((Machine machine) -> load(machine, service) > 1)
                    .thenComparing(machine -> load(machine, service) > 1 || !keepsData(machine))
                    .thenComparingDouble(machine -> load(machine, service));
        }

        private boolean keepsData(Machine machine) {
            return Replica.KEEP_DATA.stream()
                    .anyMatch(service -> places.getOrDefault(service, List.of()).contains(machine.name()));
        }

        /** The part of a machine's memory that platform services would take. */
        private double load(Machine machine, PlatformService more) {
            long taken = more.memory().bytes()
                    + fleet.services().stream()
                            .filter(service -> places.getOrDefault(service.name(), List.of())
                                    .contains(machine.name()))
                            .mapToLong(service -> service.memory().bytes())
                            .sum();
            return (double) taken / memory(machine.size());
        }

        /** A host that has all it has is taken for one of the usual size. */
        private static long memory(@Nullable MachineSize size) {
            return size == null ? 4L << 30 : size.memory().bytes();
        }
    }
}
