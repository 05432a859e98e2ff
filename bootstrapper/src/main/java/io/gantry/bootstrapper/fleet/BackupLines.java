package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.backup.Contents;
import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.backup.Part;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Sizes;
import java.util.List;

/** What is in a backup, for people or as JSON. */
record BackupLines(Session session) {
    void show(Contents contents) {
        if (session.json()) {
            session.terminal().data(session.tree(contents).toPrettyString());
        } else {
            session.terminal().data(line(contents));
            if (contents.manifest().database() == null) {
                session.terminal()
                        .say(
                                "The database is elsewhere, and not in it: back it up where it is, by pg_dump --format=custom.");
            }
        }
    }

    String line(Contents contents) {
        Manifest manifest = contents.manifest();
        return "Backup of the fleet %s, taken %s (%s ago): %s, %s"
                .formatted(
                        manifest.fleet(),
                        manifest.takenAt(),
                        session.age(manifest.takenAt()),
                        manifest.database() == null
                                ? "no database"
                                : "database of " + size(contents.under(BackingUp.DATABASE)),
                        bundles(contents.under(BackingUp.BUNDLES)));
    }

    private static String bundles(List<Part> bundles) {
        return bundles.isEmpty() ? "no bundles" : "%d bundles of %s".formatted(bundles.size(), size(bundles));
    }

    private static String size(List<Part> parts) {
        return Sizes.of(parts.stream().mapToLong(Part::size).sum());
    }
}
