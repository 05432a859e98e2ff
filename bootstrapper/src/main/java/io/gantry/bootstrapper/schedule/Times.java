package io.gantry.bootstrapper.schedule;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.contract.manifest.TimeSpan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time as people type them. */
final class Times {
    private Times() {}

    /** @param here whose clock is meant where no offset is typed */
    static Instant parse(String typed, Instant now, ZoneId here) {
        try {
            return typed.startsWith("+")
                    ? now.plus(TimeSpan.parse(typed.substring(1)).value())
                    : at(typed, here);
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "\"%s\" is no time".formatted(typed),
                    "Write 2026-03-01T18:00:00Z, 2026-03-01T18:00 or +10m.");
        }
    }

    private static Instant at(String typed, ZoneId here) {
        var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(typed, Instant::from, LocalDateTime::from);
        return parsed instanceof LocalDateTime local ? local.atZone(here).toInstant() : Instant.from(parsed);
    }
}
