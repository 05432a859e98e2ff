package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.backup.Part;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.fleet.Fleet;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.platform.CentralDatabase;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.machines.platform.ServiceHost;
import io.gantry.remote.HostKey;
import io.gantry.remote.Unreachable;
import io.gantry.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts a backup's data under a fleet, once what keeps it answers. Nobody may work with the former data meanwhile, so all of the platform
 * that is there ends first. The database knows what it was restored from: where this broke off, the same again goes on.
 */
final class Restoring implements Groundwork {
    private final Fleet fleet;
    private final FleetBackup backup;
    private final Laptop laptop;
    private final StepLines steps;
    private final Allowed allowed;

    Restoring(FleetBackup backup, Laptop laptop, StepLines steps, Allowed allowed) {
        this.fleet = backup.fleet();
        this.backup = backup;
        this.laptop = laptop;
        this.steps = steps;
        this.allowed = allowed;
    }

    /**
     * What may be done to data that is there.
     *
     * @param keepDatabase it stays, whatever is in it
     * @param force it is replaced, whatever is in it
     */
    record Allowed(boolean keepDatabase, boolean force) {
        boolean restoresDatabase(Manifest manifest) {
            return !keepDatabase && manifest.database() != null;
        }

        /** Whether it is what this backup makes of it already. */
        boolean isDone(Manifest manifest, CentralDatabase.State state) {
            return !force && state.restoredFrom().equals(manifest.id());
        }

        /** @throws GaveUpException if data would be lost, and nobody has said that it may */
        void require(Manifest manifest, CentralDatabase.State state) {
            if (restoresDatabase(manifest) && !force && !state.isEmpty() && !isDone(manifest, state)) {
                throw new GaveUpException(
                        ExitCode.CONFLICT,
                        "The fleet's database is there, with data of %s"
                                .formatted(String.join(
                                        ", ",
                                        state.schemas().keySet().stream()
                                                .sorted()
                                                .toList())),
                        "To keep it, and restore only what this computer is to know: --keep-database. To lose what came after the backup: --force.");
            }
        }
    }

    @Override
    public void on(Ground ground) {
        if (!allowed.restoresDatabase(backup.manifest())) {
            restoreBundles(ground.backing().bundles(laptop.signIn()));
            return;
        }
        Machine machine = machineOf(new Beginning(fleet));
        CentralDatabase database = laptop.databaseOn(machine);
        CentralDatabase.State state = database.state();
        allowed.require(backup.manifest(), state);
        if (!allowed.isDone(backup.manifest(), state)) {
            Map<String, Machine> machines = machines();
            SideBySide.run(machines.values(), this::endPlatform);
            SideBySide.run(machines.values(), there -> emptyKafka(there, ground.registry()));
            restoreBundles(ground.backing().bundles(laptop.signIn()));
            steps.step(machine.name(), "database restored", () -> restore(database, machines));
        }
    }

    private Machine machineOf(Beginning beginning) {
        String name = beginning
                .machineOf(fleet.service(Beginning.DATABASE).orElseThrow())
                .name();
        return laptop.provider().find(name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
    }

    /** Those that are there, each asked for by its name, as those that others created are not known here by their host keys before. */
    private Map<String, Machine> machines() {
        Map<String, Machine> machines = new LinkedHashMap<>();
        laptop.provider().list().stream()
                .flatMap(found -> fleet.machine(found.name()).stream())
                .forEach(known -> machines.put(known.name(), laptop.provider().create(Machines.wanted(known))));
        return machines;
    }

    private void endPlatform(Machine machine) {
        laptop.removeLifecycleManager(machine);
        steps.step(machine.name(), "former platform", () -> laptop.removePlatform(machine));
    }

    /** What it holds is of another time than the database. */
    private void emptyKafka(Machine machine, RegistryAccess registry) {
        try {
            new ServiceHost(laptop.engineOf(machine), fleet.name(), machine.name(), registry)
                    .removeWithData(Beginning.KAFKA);
        } catch (Unreachable | MachineFailure noneThere) {
            steps.doing(machine.name(), "has no engine that answers");
        }
    }

    private void restore(CentralDatabase database, Map<String, Machine> machines) {
        Map<String, HostKey> hostKeys = new LinkedHashMap<>();
        machines.forEach((name, machine) -> hostKeys.put(name, machine.login().hostKey()));
        read(
                BackingUp.DATABASE,
                (part, content) ->
                        database.restore(backup.manifest().id(), part.size(), content, AfterRestore.sql(hostKeys)));
    }

    private void restoreBundles(BlobStore bundles) {
        List<Part> parts = backup.contents().under(BackingUp.BUNDLES);
        if (!parts.isEmpty()) {
            steps.step(
                    "here",
                    "%d bundles".formatted(parts.size()),
                    () -> read(
                            BackingUp.BUNDLES,
                            (part, content) ->
                                    put(bundles, part.name().substring(BackingUp.BUNDLES.length()), content)));
        }
    }

    private static void put(BlobStore bundles, String key, InputStream content) throws IOException {
        Path file = Files.createTempFile("gantry", ".bundle");
        try {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            bundles.put(key, file);
        } finally {
            Files.delete(file);
        }
    }

    private interface Taking {
        void take(Part part, InputStream content) throws IOException;
    }

    private void read(String folder, Taking taking) {
        Map<String, Part> parts = new LinkedHashMap<>();
        backup.contents().under(folder).forEach(part -> parts.put(part.name(), part));
        try {
            backup.file()
                    .read(
                            parts::containsKey,
                            (name, content) -> taking.take(Objects.requireNonNull(parts.get(name)), content));
        } catch (IOException broken) {
            throw new UncheckedIOException("Reading the backup", broken);
        }
    }
}
