package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.backup.BackupFile;
import io.gantry.bootstrapper.backup.BackupWriter;
import io.gantry.bootstrapper.backup.Passphrase;
import io.gantry.bootstrapper.backup.PassphraseOptions;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry backup}. */
@Command(
        name = "backup",
        description =
                "Back up a fleet into one encrypted file: its database, its keys, its secrets. Back by: gantry recover --from.")
public final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FleetOptions options = new FleetOptions();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    @Parameters(index = "0", paramLabel = "BACKUP", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--verify", description = "Read a backup through, say what is in it, and do nothing else.")
    private boolean verify;

    @Option(
            names = "--with-bundles",
            description = "The zips of all versions, too: what images can be built from again.")
    private boolean withBundles;

    @Option(names = "--force", description = "Replace the file, if it is there.")
    private boolean force;

    public BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (verify) {
            var backup = BackupFile.open(file, passphrases.known(session.terminal()));
            new BackupLines(session).show(backup.verify());
        } else {
            take();
        }
        return ExitCode.OK.number();
    }

    private void take() throws IOException {
        BackupWriter.requireFree(file, force);
        FleetFolder folder = options.folderOf(options.existing(session));
        Fleet fleet = folder.remembered()
                .orElseThrow(() -> new GaveUpException(
                        ExitCode.NOT_FOUND,
                        "This computer knows no fleet in " + folder.path(),
                        "A backup is taken where the fleet was brought up, or recovered."));
        Passphrase passphrase = passphrases.forNewBackup(session.terminal());
        try (var _ = folder.lock();
                var laptop = new Laptop(fleet, folder, session)) {
            new BackingUp(session, fleet, folder, laptop).to(file, force, passphrase, withBundles);
        }
        new BackupLines(session).show(BackupFile.open(file, passphrase).verify());
    }
}
