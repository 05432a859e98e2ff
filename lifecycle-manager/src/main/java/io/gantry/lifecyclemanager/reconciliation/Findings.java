package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.reconciliation.Seen.Fit;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import io.gantry.lifecyclemanager.replica.ReplicaRow.State;
import io.gantry.lifecyclemanager.replica.ReplicaTable;
import io.gantry.machines.platform.MachineAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes down what a look gave. */
@Component
@OnlyInFleet
class Findings {
    private final MachineTable machines;
    private final ReplicaTable replicas;
    private final Lease lease;
    private final InstantSource clock;

    Findings(MachineTable machines, ReplicaTable replicas, Lease lease, InstantSource clock) {
        this.machines = machines;
        this.replicas = replicas;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * @param unseen machines where something was under way: one that is being restarted may have answered before it went down
     * @return the replicas as they are written down now
     */
    List<ReplicaRow> enter(long fencing, Look look, Set<String> unseen, String ownMachine) {
        List<ReplicaRow> rows = look.desired().assignment().replicas().stream()
                .map(replica -> row(look, replica, ownMachine))
                .toList();
        lease.fenced(fencing, () -> {
            look.seen().machines().values().forEach(machine -> saw(look, machine));
            look.known().stream()
                    .filter(machine -> machine.bootsSince() != null)
                    .map(KnownMachine::name)
                    .filter(machine -> look.seen().answers(machine) && !unseen.contains(machine))
                    .forEach(machines::bootsNoMore);
            if (!rows.equals(look.rows())) {
                replicas.enter(rows);
            }
        });
        return rows;
    }

    private void saw(Look look, SeenMachine machine) {
        String power = machine.power().name();
        MachineAddress found = look.addresses().get(machine.name());
        String address = found == null ? null : found.address();
        if (look.document().fleet().machine(machine.name()).isPresent()) {
            machines.saw(machine.name(), power, address, problem(machine));
        } else {
            machines.sawLeaving(machine.name(), power, address, problem(machine));
        }
    }

    private static @Nullable String problem(SeenMachine machine) {
        if (machine.sight() instanceof Sight.Silent silent) {
            return silent.why();
        }
        return machine.fit() instanceof Fit.Refused refused ? refused.why() : null;
    }

    private ReplicaRow row(Look look, Replica replica, String ownMachine) {
        Optional<ReplicaRow> before = look.rows().stream()
                .filter(row -> row.replica().equals(replica))
                .findFirst();
        Optional<SeenService> seen = look.seen().service(replica);
        boolean self = replica.equals(new Replica(Planner.MYSELF, ownMachine));
        State state = state(look, replica, self);
        MachineAddress address = look.addresses().get(replica.machine());
        return new ReplicaRow(
                replica,
                address == null ? null : address.address(),
                look.document().fleet().service(replica.service()).orElseThrow().port(),
                seen.map(SeenService::digest)
                        .orElseGet(() -> before.map(ReplicaRow::digest).orElse(null)),
                state,
                since(seen, before),
                state == State.READY
                        ? firstReady(before)
                        : before.map(ReplicaRow::readyAt).orElse(null),
                problem(look, replica));
    }

    private static State state(Look look, Replica replica, boolean self) {
        if (self || look.seen().isReady(replica)) {
            return State.READY;
        }
        SeenMachine machine = look.seen().machine(replica.machine());
        if (machine.sight() instanceof Sight.Silent) {
            return State.UNREACHABLE;
        }
        return look.seen().service(replica).isPresent() ? State.NOT_READY : State.WAITING;
    }

    /**
     * An engine that starts what died starts nothing new. One that was made, and not started yet, was started in the year 1; an engine
     * whose clock is ahead would say: later.
     */
    private @Nullable Instant since(Optional<SeenService> seen, Optional<ReplicaRow> before) {
        Optional<ReplicaRow> same =
                before.filter(row -> seen.isEmpty() || seen.get().digest().equals(row.digest()));
        return same.map(ReplicaRow::since)
                .or(() -> seen.map(SeenService::startedAt).map(this::notLaterThanNow))
                .filter(Instant.EPOCH::isBefore)
                .orElse(null);
    }

    private Instant notLaterThanNow(Instant told) {
        Instant now = clock.instant();
        return told.isBefore(now) ? told : now;
    }

    private @Nullable Instant firstReady(Optional<ReplicaRow> before) {
        return before.map(ReplicaRow::readyAt).orElseGet(clock::instant);
    }

    private static @Nullable String problem(Look look, Replica replica) {
        return look.seen().machine(replica.machine()).sight() instanceof Sight.Silent silent ? silent.why() : null;
    }
}
