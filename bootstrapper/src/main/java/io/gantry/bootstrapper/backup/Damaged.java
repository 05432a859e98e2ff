package io.gantry.bootstrapper.backup;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.nio.file.Path;

/** Why a file can't be read as a backup, in a sentence. */
final class Damaged {
    private Damaged() {}

    static GaveUpException noBackup(Path file) {
        return new GaveUpException(
                ExitCode.USAGE, file + " is no backup of a fleet", "Name a file that gantry backup wrote.");
    }

    static GaveUpException newer(Path file, int format) {
        return new GaveUpException(
                ExitCode.USAGE,
                "%s was written by a newer Gantry, in format %d".formatted(file, format),
                "Read it with that one, or a newer one.");
    }

    /** The two can't be told apart: whoever tries passphrases would be glad to know. */
    static GaveUpException locked(Path file) {
        return new GaveUpException(
                ExitCode.NOT_AUTHORISED,
                "%s can't be opened: the passphrase is another one, or the file is damaged".formatted(file),
                "Try the passphrase that it was taken with, or another copy of the file.");
    }

    static GaveUpException within(Path file, String what) {
        return new GaveUpException(
                ExitCode.FAILED,
                "%s is damaged: %s".formatted(file, what),
                "Nothing of it was used. Take another copy, or another backup.");
    }
}
