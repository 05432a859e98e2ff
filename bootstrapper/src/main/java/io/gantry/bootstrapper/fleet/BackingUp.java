package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.backup.BackupWriter;
import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.backup.Passphrase;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.PlatformService;
import io.gantry.machines.Machine;
import io.gantry.machines.platform.Backing;
import io.gantry.machines.platform.CentralDatabase;
import io.gantry.machines.platform.FleetLayout;
import io.gantry.machines.platform.MachineAddress;
import io.gantry.storage.BlobStore;
import io.gantry.storage.NoSuchBlob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes a backup of a fleet, which goes on meanwhile. */
final class BackingUp {
    /** Where the parts of a backup are. */
    static final String FLEET = "fleet/";

    static final String DATABASE = "database.dump";
    static final String BUNDLES = "bundles/";

    private static final int ID_BYTES = 16;

    private final Session session;
    private final Fleet fleet;
    private final FleetFolder folder;
    private final Laptop laptop;
    private final Beginning beginning;
    private final StepLines steps;

    BackingUp(Session session, Fleet fleet, FleetFolder folder, Laptop laptop) {
        this.session = session;
        this.fleet = fleet;
        this.folder = folder;
        this.laptop = laptop;
        this.beginning = new Beginning(fleet);
        this.steps = new StepLines(session);
    }

    /** @param replace whether a file of that name may be replaced */
    void to(Path file, boolean replace, Passphrase passphrase, boolean withBundles) throws IOException {
        Optional<Machine> machine = fleet.service(Beginning.DATABASE).map(this::machineOf);
        Optional<CentralDatabase> database = machine.map(laptop::databaseOn);
        try (var backup = BackupWriter.create(file, replace, passphrase, manifest(database.map(this::stateOf)))) {
            for (Path kept : folder.kept()) {
                backup.add(FLEET + kept.getFileName(), out -> Files.copy(kept, out));
            }
            database.ifPresent(
                    there -> steps.step(nameOf(machine), "database", () -> write(backup, DATABASE, there::dump)));
            if (withBundles) {
                steps.step(nameOf(machine), "bundles", () -> write(backup, bundles()));
            }
            backup.finish();
        }
    }

    private static String nameOf(Optional<Machine> machine) {
        return machine.map(Machine::name).orElse("");
    }

    private Machine machineOf(PlatformService service) {
        String name = beginning.machineOf(service).name();
        return laptop.provider()
                .find(name)
                .orElseThrow(() -> new GaveUpException(
                        ExitCode.NOT_FOUND,
                        "There is no machine %s".formatted(name),
                        "Bring it back with: gantry recover"));
    }

    private CentralDatabase.State stateOf(CentralDatabase database) {
        if (!database.runs() || database.state().isEmpty()) {
            throw new GaveUpException(
                    ExitCode.NOT_FOUND,
                    "The fleet %s has no database with data that runs".formatted(fleet.name()),
                    "Bring it back with: gantry recover");
        }
        return database.state();
    }

    private Manifest manifest(Optional<CentralDatabase.State> database) {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return new Manifest(
                HexFormat.of().formatHex(id),
                fleet.name(),
                Objects.requireNonNullElse(BackingUp.class.getPackage().getImplementationVersion(), "unpackaged"),
                session.now().truncatedTo(ChronoUnit.SECONDS),
                database.map(state -> new Manifest.Database(state.bytes(), state.schemas()))
                        .orElse(null));
    }

    private BlobStore bundles() {
        Map<String, MachineAddress> addresses = new HashMap<>();
        beginning.foundations().stream()
                .map(this::machineOf)
                .forEach(machine -> addresses.put(machine.name(), laptop.addressOf(machine)));
        var layout = new FleetLayout(fleet, addresses, beginning.places());
        return new Backing(layout, new Credentials(fleet, folder).now(), laptop.reach()::to).bundles(laptop.signIn());
    }

    private void write(BackupWriter backup, BlobStore bundles) {
        for (String key : bundles.storedBefore(Instant.MAX)) {
            try (InputStream bundle = bundles.open(key)) {
                write(backup, BUNDLES + key, bundle::transferTo);
            } catch (NoSuchBlob deletedMeanwhile) {
                steps.doing(key, "was deleted meanwhile");
            } catch (IOException broken) {
                throw new UncheckedIOException("Reading the bundle " + key, broken);
            }
        }
    }

    private static void write(BackupWriter backup, String name, BackupWriter.Content content) {
        try {
            backup.add(name, content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Writing %s to the backup".formatted(name), unwritable);
        }
    }
}
