package io.gantry.bootstrapper.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bootstrapper.backup.BackupFile;
import io.gantry.bootstrapper.backup.Contents;
import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A backup that is as it was written, and the fleet that is to become of it.
 *
 * @param folder what this computer is to know, by the names of the files
 */
record FleetBackup(BackupFile file, Contents contents, Map<String, String> folder, Fleet fleet) {
    FleetBackup {
        folder = Map.copyOf(folder);
    }

    /**
     * @param named what the fleet is to be now, where it is not to be as it was
     * @throws GaveUpException if the file is damaged, or of another fleet than the one that was named
     */
    static FleetBackup read(BackupFile file, Optional<Fleet> named) throws IOException {
        Contents contents = file.verify();
        Map<String, String> folder = new HashMap<>();
        file.read(
                name -> name.startsWith(BackingUp.FLEET),
                (name, content) -> folder.put(
                        name.substring(BackingUp.FLEET.length()), new String(content.readAllBytes(), UTF_8)));
        Fleet kept = FleetFile.parse(FleetFile.USUAL_NAME, folder.getOrDefault(FleetFile.USUAL_NAME, ""));
        Fleet fleet = named.orElse(kept);
        if (!fleet.name().equals(kept.name()) || fleet.provider() != kept.provider()) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "The backup is of the fleet %s, the file is of %s".formatted(kept.name(), fleet.name()),
                    "Name the file of the same fleet, or none: it is in the backup. Its provider stays as it was, too.");
        }
        return new FleetBackup(file, contents, folder, fleet);
    }

    Manifest manifest() {
        return contents.manifest();
    }
}
