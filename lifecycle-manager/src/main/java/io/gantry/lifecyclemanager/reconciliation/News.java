package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.topic.Topics;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.PlatformService;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.announcement.Announcements;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells the other services of machines and replicas. */
@Component
@OnlyInFleet
class News {
    private final Announcements announcements;
    private final Lease lease;

    News(Announcements announcements, Lease lease) {
        this.announcements = announcements;
        this.lease = lease;
    }

    /** Who begins to act tells all of it again. */
    void again(long fencing) {
        lease.fenced(fencing, () -> {
            announcements.again(Topics.MACHINES);
            announcements.again(Topics.PLATFORM_REPLICAS);
        });
    }

    void tell(long fencing, Look look, List<ReplicaRow> rows) {
        Map<String, PreparedMachine> machines = new TreeMap<>();
        look.known().forEach(known -> machine(look, known).ifPresent(machine -> machines.put(known.name(), machine)));
        Map<String, PlatformReplica> replicas = new TreeMap<>();
        rows.forEach(row -> replica(row).ifPresent(replica -> replicas.put(replica.key(), replica)));
        lease.fenced(fencing, () -> {
            announcements.tell(Topics.MACHINES, machines);
            announcements.tell(Topics.PLATFORM_REPLICAS, replicas);
        });
    }

    /** Which others may take for machines that take new instances: they know them, and were not told last that they don't. */
    Set<String> knownAsOpen() {
        return announcements.told(Topics.MACHINES, PreparedMachine.class).entrySet().stream()
                .filter(machine ->
                        machine.getValue().filter(PreparedMachine::cordoned).isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** One that is to leave the fleet, or to be resized, takes no new instances. */
    static Optional<PreparedMachine> machine(Look look, KnownMachine known) {
        Fleet fleet = look.document().fleet();
        Optional<Machine> wanted = fleet.machine(known.name());
        URI engine = known.engine();
        String hostKey = known.hostKey();
        String address = known.address();
        Instant preparedAt = known.preparedAt();
        Double cpus = known.cpus();
        Memory memory = known.memory();
        if (engine == null
                || hostKey == null
                || address == null
                || preparedAt == null
                || cpus == null
                || memory == null) {
            return Optional.empty();
        }
        return Optional.of(new PreparedMachine(
                new NodeId(known.name()),
                engine,
                hostKey,
                address,
                wanted.map(machine -> machine.role().runsApps()).orElse(true),
                cpus,
                forInstances(memory, look, known.name()),
                wanted.map(Machine::labels).orElse(Map.of()),
                known.cordoned() || wanted.isEmpty() || isResized(look, known.name()),
                preparedAt));
    }

    private static boolean isResized(Look look, String machine) {
        return Resizes.next(look.desired(), look.seen()).filter(machine::equals).isPresent();
    }

    private static Memory forInstances(Memory memory, Look look, String machine) {
        Assignment assignment = look.desired().assignment();
        long taken = look.document().fleet().services().stream()
                .filter(service -> assignment.of(service.name()).contains(machine))
                .map(PlatformService::memory)
                .mapToLong(Memory::bytes)
                .sum();
        return new Memory(Math.max(0, memory.bytes() - taken - KnownMachine.RESERVE.bytes()));
    }

    /** It is told once it was ready for the first time. */
    private static Optional<PlatformReplica> replica(ReplicaRow row) {
        String address = row.address();
        Instant since = row.since();
        return address == null || since == null || row.readyAt() == null
                ? Optional.empty()
                : Optional.of(new PlatformReplica(
                        row.replica().service(), row.replica().machine(), address, row.port(), since));
    }
}
