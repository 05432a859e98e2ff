package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.backup.BackupFile;
import io.gantry.bootstrapper.backup.PassphraseOptions;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gantry recover}: as it was, without a look at what the file says now; or as it was when a backup was taken. */
@Command(
        name = "recover",
        description =
                "Bring back a fleet whose lifecycle manager is gone, or, from a backup, one whose data is; what runs is taken up as it is.")
public final class RecoverCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FleetOptions options = new FleetOptions();

    @Mixin
    private final PlatformCode code = new PlatformCode();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    @Option(names = "--from", paramLabel = "BACKUP", description = "What gantry backup wrote.")
    private @Nullable Path from;

    @Option(
            names = "--keep-database",
            description =
                    "With --from: leave the database as it is, and restore the rest: only this computer was lost.")
    private boolean keepDatabase;

    @Option(
            names = "--force",
            description = "With --from: replace a database that holds data, and what this computer knows of the fleet.")
    private boolean force;

    @Option(
            names = {"-y", "--yes"},
            description = "With --from: do not ask.")
    private boolean sure;

    public RecoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (from == null) {
            bringBack();
        } else {
            restore(BackupFile.open(from, passphrases.known(session.terminal())));
        }
        return ExitCode.OK.number();
    }

    private void bringBack() throws IOException, InterruptedException {
        FleetFolder folder = options.folderOf(options.existing(session));
        Fleet fleet = folder.remembered()
                .orElseThrow(
                        () -> new GaveUpException(
                                ExitCode.NOT_FOUND,
                                "This computer knows no fleet in " + folder.path(),
                                "A new one is brought up with: gantry up. One that was backed up: gantry recover --from BACKUP"));
        try (var _ = folder.lock();
                var laptop = new Laptop(fleet, folder, session)) {
            new BringingUp(session, fleet, folder, laptop, code.archive()).run();
        }
    }

    private void restore(BackupFile file) throws IOException, InterruptedException {
        FleetBackup backup = FleetBackup.read(file, options.named());
        var allowed = new Restoring.Allowed(keepDatabase, force);
        FleetFolder folder = options.folderOf(backup.fleet());
        try (var _ = folder.lock()) {
            var restoring = new Restoration(session, backup, folder, allowed);
            restoring.requireSameFleet();
            restoring.showPlan();
            if (!sure) {
                restoring.requireConsent();
            }
            restoring.run(code.archive());
        }
    }
}
