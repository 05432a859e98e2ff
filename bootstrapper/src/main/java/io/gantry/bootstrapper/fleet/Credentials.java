package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.fleet.Fleet;
import io.gantry.machines.platform.FleetSecrets;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;

/** A fleet's secrets: those that were generated for it, and what its owner's files say now. */
final class Credentials {
    private final Fleet fleet;
    private final FleetFolder folder;
    private final FleetSecrets now;

    /** @throws GaveUpException if a file that the fleet names can't be read, or holds something else */
    Credentials(Fleet fleet, FleetFolder folder) {
        this.fleet = fleet;
        this.folder = folder;
        this.now = withFiles(exist() ? known() : FleetSecrets.generate(new SecureRandom()));
    }

    private boolean exist() {
        return Files.exists(folder.secrets());
    }

    private FleetSecrets known() {
        return FleetSecrets.read(folder.secrets());
    }

    private FleetSecrets withFiles(FleetSecrets secrets) {
        try {
            return secrets.withElsewhere(fleet);
        } catch (UncheckedIOException unreadable) {
            throw refused(unreadable);
        } catch (IllegalArgumentException somethingElse) {
            throw refused(somethingElse);
        }
    }

    private static GaveUpException refused(RuntimeException why) {
        return new GaveUpException(
                ExitCode.USAGE, String.valueOf(why.getMessage()), "Make it, readable by you alone: chmod 600 FILE");
    }

    FleetSecrets now() {
        return now;
    }

    /** Whether the fleet goes by others. */
    boolean haveChanged() {
        return exist() && !known().equals(now);
    }

    /** To be called before anything goes by those that were generated. */
    void keepGenerated() {
        if (!exist()) {
            keep();
        }
    }

    /** To be called when the fleet goes by them. */
    void keep() {
        now.write(folder.secrets());
    }
}
