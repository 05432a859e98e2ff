package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which fleet is meant, and where this computer keeps what it knows of it. */
final class FleetOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "What the fleet is to be (default: fleet.yaml here; without one, three local machines).")
    private @Nullable Path file;

    @Option(
            names = "--fleets-dir",
            paramLabel = "DIR",
            defaultValue = "${env:GANTRY_FLEETS_DIR}",
            description = "Keep the keys of fleets here (GANTRY_FLEETS_DIR; default: ~/.local/state/gantry/fleets).")
    private @Nullable Path fleetsDirectory;

    /** What a file says that a fleet is to be. */
    Fleet fleet() throws IOException {
        Path usual = Path.of(FleetFile.USUAL_NAME);
        if (file == null) {
            return Files.exists(usual) ? FleetFile.read(usual) : FleetFile.standard();
        }
        try {
            return FleetFile.read(file);
        } catch (NoSuchFileException absent) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "There is no file " + file,
                    "Its keys: docs/fleet.md; examples: examples/fleet-*.yaml");
        }
    }

    /** What the file says that was named, if one was. */
    Optional<Fleet> named() throws IOException {
        return file == null ? Optional.empty() : Optional.of(fleet());
    }

    /** The fleet that is looked at: of the file that was named, else of the context, else what {@code up} would bring up. */
    String name(Session session) throws IOException {
        Optional<String> context = file == null ? session.fleet() : Optional.empty();
        return context.isPresent() ? context.get() : fleet().name();
    }

    /** Where nothing names a fleet, a platform on this computer may be meant. */
    boolean nameOne(Session session) {
        return file != null
                || Files.exists(Path.of(FleetFile.USUAL_NAME))
                || session.fleet().isPresent();
    }

    /**
     * The fleet that something is done to, as this computer knows it.
     *
     * @throws GaveUpException if the context names one and the file in this folder another: nothing is done to a fleet by mistake
     */
    Fleet existing(Session session) throws IOException {
        String name = name(session);
        if (file == null
                && Files.exists(Path.of(FleetFile.USUAL_NAME))
                && !fleet().name().equals(name)) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "Which fleet? The context is %s, the %s here is of %s"
                            .formatted(name, FleetFile.USUAL_NAME, fleet().name()),
                    "Say it: -f %s, or go to another folder.".formatted(FleetFile.USUAL_NAME));
        }
        return known(name).orElseThrow(() -> unknown(name));
    }

    /** As it was last brought up from here, else as a file has it. */
    private Optional<Fleet> known(String name) throws IOException {
        Optional<Fleet> remembered = folder(name).remembered();
        return remembered.isPresent()
                ? remembered
                : Optional.of(fleet()).filter(read -> read.name().equals(name));
    }

    private static GaveUpException unknown(String name) {
        return new GaveUpException(
                ExitCode.NOT_FOUND,
                "This computer does not know what the fleet %s is made of".formatted(name),
                "Say it where it was brought up, or name its file: -f FILE");
    }

    FleetFolder folderOf(Fleet fleet) {
        return folder(fleet.name());
    }

    private FleetFolder folder(String fleet) {
        return new FleetFolder(fleets().resolve(fleet));
    }

    private Path fleets() {
        return fleetsDirectory == null || fleetsDirectory.toString().isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "gantry", "fleets")
                : fleetsDirectory;
    }
}
