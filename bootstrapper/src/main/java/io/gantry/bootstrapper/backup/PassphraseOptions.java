package io.gantry.bootstrapper.backup;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase comes from: a file, or whoever is at the terminal. Never an argument, which others see. */
public final class PassphraseOptions {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            defaultValue = "${env:GANTRY_BACKUP_PASSPHRASE_FILE}",
            description = "Holds the backup's passphrase (GANTRY_BACKUP_PASSPHRASE_FILE; default: it is asked for).")
    private @Nullable Path file;

    /** Typed twice where it is typed: a backup that nobody can open is none. */
    public Passphrase forNewBackup(Terminal terminal) {
        if (isNamed()) {
            return known(terminal).forNewBackup();
        }
        Passphrase typed = typed(terminal, "Passphrase of the backup: ").forNewBackup();
        if (!typed.equals(typed(terminal, "The same again: "))) {
            throw new GaveUpException(ExitCode.USAGE, "These were two passphrases: nothing was done", "");
        }
        return typed;
    }

    public Passphrase known(Terminal terminal) {
        return file != null && isNamed() ? Passphrase.in(file) : typed(terminal, "Passphrase of the backup: ");
    }

    private boolean isNamed() {
        return file != null && !file.toString().isEmpty();
    }

    private static Passphrase typed(Terminal terminal, String question) {
        return new Passphrase(terminal.askSecret(question)
                .orElseThrow(() -> new GaveUpException(
                        ExitCode.USAGE,
                        "Nobody is there to type the passphrase",
                        "Put it into a file that you alone may read: --passphrase-file FILE")));
    }
}
