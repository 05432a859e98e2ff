package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    FleetFolder folderOf(Fleet fleet) {
        return new FleetFolder(fleets().resolve(fleet.name()));
    }

    private Path fleets() {
        return fleetsDirectory == null || fleetsDirectory.toString().isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "gantry", "fleets")
                : fleetsDirectory;
    }
}
