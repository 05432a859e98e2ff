package io.gantry.bootstrapper.backup;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a backup is encrypted by. */
public record Passphrase(String text) {
    private static final int SHORTEST = 12;

    /** @throws GaveUpException if the file can't be read, or holds nothing */
    static Passphrase in(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new GaveUpException(
                        ExitCode.USAGE,
                        "The passphrase file %s is empty".formatted(file),
                        "Write a passphrase into it.");
            }
            return new Passphrase(text);
        } catch (IOException unreadable) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "The passphrase file %s can't be read".formatted(file),
                    "Make it, readable by you alone, with the passphrase in it: --passphrase-file FILE");
        }
    }

    /** @throws GaveUpException if it is too short for a file that holds the keys of a fleet */
    Passphrase forNewBackup() {
        if (text.length() < SHORTEST) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "The passphrase has %d characters; a backup holds the keys of the fleet".formatted(text.length()),
                    "Take one of %d characters or more: openssl rand -base64 24".formatted(SHORTEST));
        }
        return this;
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Passphrase[...]";
    }
}
