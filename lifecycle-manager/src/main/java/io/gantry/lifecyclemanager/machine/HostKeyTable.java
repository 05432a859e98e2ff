package io.gantry.lifecyclemanager.machine;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.MachineFailure;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Pinned host keys in the central database. They are remembered, so that they are known while it is away. */
@Component
@OnlyInFleet
public class HostKeyTable implements HostKeyPins {
    private final MachineTable machines;
    private final Lease lease;
    private final Map<String, HostKey> remembered = new ConcurrentHashMap<>();

    HostKeyTable(MachineTable machines, Lease lease) {
        this.machines = machines;
        this.lease = lease;
    }

    /** Reads what others have pinned. */
    public void refresh(Iterable<KnownMachine> known) {
        known.forEach(machine -> {
            String key = machine.hostKey();
            if (key == null) {
                remembered.remove(machine.name());
            } else {
                remembered.put(machine.name(), HostKey.parse(key));
            }
        });
    }

    @Override
    public Optional<HostKey> of(String machine) {
        return Optional.ofNullable(remembered.get(machine));
    }

    @Override
    public void pin(String machine, SshTarget target) {
        HostKey pinned = lease.fencedNow(() -> machines.pin(machine, target.hostKey()));
        remembered.put(machine, pinned);
        if (!pinned.equals(target.hostKey())) {
            throw MachineFailure.hostKeyChanged(machine);
        }
    }

    @Override
    public void forget(String machine) {
        lease.fencedNow(() -> {
            machines.unpin(machine);
            return machine;
        });
        remembered.remove(machine);
    }
}
