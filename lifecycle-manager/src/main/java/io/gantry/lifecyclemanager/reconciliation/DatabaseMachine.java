package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.fleet.FleetDocument;
import io.gantry.lifecyclemanager.fleet.Fleets;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.machine.HostKeyTable;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import io.gantry.lifecyclemanager.replica.ReplicaTable;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Switches the database's machine on. Without the database nobody can hold the lease, so this is done without it: starting a
 * machine that is off does no harm, whoever does it, and however often.
 */
@Component
@OnlyInFleet
class DatabaseMachine implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DatabaseMachine.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final String DATABASE = "postgres";

    private final Fleets fleets;
    private final MachineTable machines;
    private final ReplicaTable replicas;
    private final HostKeyTable pins;
    private final Providers providers;
    private final Lease lease;
    private final OwnSettings settings;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Remembered remembered;
    private volatile @Nullable Thread thread;

    private record Remembered(Fleet fleet, String machine) {}

    DatabaseMachine(
            Fleets fleets,
            MachineTable machines,
            ReplicaTable replicas,
            HostKeyTable pins,
            Providers providers,
            Lease lease,
            OwnSettings settings) {
        this.fleets = fleets;
        this.machines = machines;
        this.replicas = replicas;
        this.pins = pins;
        this.providers = providers;
        this.lease = lease;
        this.settings = settings;
    }

    void remember(Look look) {
        remember(look.document().fleet(), look.desired().assignment().first(DATABASE));
    }

    /** For one who does not act, and so does not look. */
    void remember() {
        pins.refresh(machines.all());
        Optional<String> machine = replicas.all().stream()
                .map(ReplicaRow::replica)
                .filter(replica -> replica.service().equals(DATABASE))
                .map(Replica::machine)
                .findFirst();
        fleets.find().map(FleetDocument::fleet).ifPresent(fleet -> remember(fleet, machine));
    }

    private void remember(Fleet fleet, Optional<String> machine) {
        remembered = machine.map(name -> new Remembered(fleet, name)).orElse(null);
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("database-machine").start(this::run);
    }

    private void run() {
        try {
            while (!stop.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                Remembered known = remembered;
                if (known != null
                        && lease.sinceContact()
                                        .compareTo(settings.reconciliation().databaseAwayFor())
                                > 0) {
                    switchOn(known);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void switchOn(Remembered known) {
        try {
            MachineProvider provider = providers.of(known.fleet());
            boolean off = provider.find(known.machine())
                    .filter(machine -> machine.state() == MachineState.STOPPED)
                    .isPresent();
            if (off) {
                log.warn(
                        "The database has not answered, and its machine {} is off: it is switched on", known.machine());
                provider.start(known.machine());
            }
        } catch (RuntimeException failure) {
            // Whatever a provider's library throws: nobody else would try again.
            log.warn("The database's machine {} could not be switched on", known.machine(), failure);
        }
    }

    @Override
    public void stop() {
        stop.release();
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
