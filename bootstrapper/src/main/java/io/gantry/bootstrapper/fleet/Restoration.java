package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Consent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Provider;
import io.gantry.fleet.Ssh;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineState;
import io.gantry.machines.platform.CentralDatabase;
import io.gantry.machines.platform.CodeArchive;
import io.gantry.remote.HostKey;
import io.gantry.remote.Unreachable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings a fleet back from its backup: first what this computer is to know of it, then the fleet. */
final class Restoration {
    private final Session session;
    private final FleetBackup backup;
    private final Fleet fleet;
    private final FleetFolder folder;
    private final Restoring.Allowed allowed;

    Restoration(Session session, FleetBackup backup, FleetFolder folder, Restoring.Allowed allowed) {
        this.session = session;
        this.backup = backup;
        this.fleet = backup.fleet();
        this.folder = folder;
        this.allowed = allowed;
    }

    void requireSameFleet() throws IOException {
        if (!allowed.force() && folder.isOfAnother(backup.folder())) {
            throw new GaveUpException(
                    ExitCode.CONFLICT,
                    "This computer knows another fleet of the name %s, in %s".formatted(fleet.name(), folder.path()),
                    "Keep that folder elsewhere, or have it replaced: --force");
        }
    }

    /** @throws GaveUpException if it would cost data, and nobody has said that it may */
    void showPlan() throws IOException {
        if (folder.holdsKey() && !folder.isOfAnother(backup.folder())) {
            showPlan(folder);
            return;
        }
        FleetFolder lookout = folder.lookout();
        try {
            lookout.restore(backup.folder(), false);
            showPlan(lookout);
        } finally {
            lookout.forget();
        }
    }

    private void showPlan(FleetFolder known) {
        try (var laptop = new Laptop(fleet, known, session)) {
            showPlan(laptop);
        }
    }

    private void showPlan(Laptop laptop) {
        Terminal terminal = session.terminal();
        List<Machine> found = laptop.provider().list();
        terminal.say(new BackupLines(session).line(backup.contents()) + ".");
        new FleetPlan(fleet, found, Set.of()).show(terminal);
        terminal.say(
                allowed.restoresDatabase(backup.manifest())
                        ? "The database becomes what it was then; Kafka begins empty, and is told again. Apps that run go on."
                        : "The database stays as it is. Apps that run go on.");
        stateOfDatabase(laptop, found).ifPresent(state -> allowed.require(backup.manifest(), state));
    }

    /** As far as it can be seen before anything is done. */
    private Optional<CentralDatabase.State> stateOfDatabase(Laptop laptop, List<Machine> found) {
        return fleet.service(Beginning.DATABASE)
                .map(service -> new Beginning(fleet).machineOf(service).name())
                .flatMap(name -> found.stream()
                        .filter(machine -> machine.name().equals(name) && machine.state() == MachineState.RUNNING)
                        .findFirst())
                .flatMap(machine -> seen(laptop.databaseOn(machine)));
    }

    private static Optional<CentralDatabase.State> seen(CentralDatabase database) {
        try {
            return database.runs() ? Optional.of(database.state()) : Optional.empty();
        } catch (MachineFailure | Unreachable notSeen) {
            return Optional.empty();
        }
    }

    void requireConsent() {
        new Consent(session)
                .byYes(
                        "Bring the fleet %s back from it?".formatted(fleet.name()),
                        "gantry recover --from BACKUP --yes");
    }

    void run(CodeArchive code) throws IOException, InterruptedException {
        var steps = new StepLines(session);
        boolean replacing = folder.isOfAnother(backup.folder());
        steps.step("here", "fleet's folder", () -> folder.restore(backup.folder(), replacing));
        forgetReplacedMachines();
        try (var laptop = new Laptop(fleet, folder, session)) {
            new BringingUp(session, fleet, folder, laptop, code).run(new Restoring(backup, laptop, steps, allowed));
        }
        if (allowed.restoresDatabase(backup.manifest())) {
            session.terminal()
                    .say(
                            "Nothing is known of what was done after %s: keys that were revoked are valid again, what was deployed or stopped is as it was then. See: gantry keys list, gantry ps."
                                    .formatted(backup.manifest().takenAt()));
        }
    }

    /** Host keys of then tell nothing of machines that the engine here made anew since, and knows; nor of a host that its owner names by another. */
    private void forgetReplacedMachines() {
        KnownHosts pins = folder.pins();
        fleet.machines().stream()
                .filter(machine -> fleet.provider() == Provider.LOCAL || isNamedOtherwise(machine, pins))
                .forEach(machine -> pins.forget(machine.name()));
    }

    private static boolean isNamedOtherwise(io.gantry.fleet.Machine machine, KnownHosts pins) {
        return Optional.ofNullable(machine.ssh())
                .map(Ssh::hostKey)
                .map(HostKey::parse)
                .filter(named -> pins.of(machine.name()).filter(named::equals).isEmpty())
                .isPresent();
    }
}
