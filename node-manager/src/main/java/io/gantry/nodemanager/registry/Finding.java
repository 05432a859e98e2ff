package io.gantry.nodemanager.registry;

import static io.gantry.contract.registry.InstanceState.COMPLETED;
import static io.gantry.contract.registry.InstanceState.DEAD;

import io.gantry.contract.manifest.Kind;
import org.jspecify.annotations.Nullable;

/** What follows for an entry from what was seen of its container. */
sealed interface Finding {
    Finding NOTHING = new Nothing();

    record Nothing() implements Finding {}

    record Changed(Entry next) implements Finding {}

    /** @param exitCode none where the container is gone */
    record Died(Entry next, @Nullable Integer exitCode, boolean oomKilled) implements Finding {}

    /** It was entered by nobody's command and somebody removed its container: there is nothing to tell. */
    record Forgotten() implements Finding {}

    static Finding of(Entry entry, Sighting sighting) {
        return switch (sighting) {
            case Sighting.Running(var seen) ->
                entry.runsAt(seen.port()) ? NOTHING : new Changed(entry.runningAt(seen.port(), seen.startedAt()));
            case Sighting.Ended(var exitCode, var oomKilled) -> ended(entry, exitCode, oomKilled);
            case Sighting.Gone() -> gone(entry);
            case Sighting.Paused(), Sighting.NotStarted(), Sighting.Strange() -> NOTHING;
        };
    }

    private static Finding ended(Entry entry, int exitCode, boolean oomKilled) {
        if (!entry.isExpected()) {
            return oomKilled ? toldLater(entry, exitCode) : NOTHING;
        }
        return exitCode == 0 && entry.instance().kind() == Kind.JOB
                ? new Changed(entry.in(COMPLETED, Sighting.detail(exitCode, false)))
                : died(entry, exitCode, oomKilled);
    }

    /** That an instance died is not held back until it is known of what. */
    private static Finding toldLater(Entry entry, int exitCode) {
        boolean ofThat = entry.state() == DEAD
                && Sighting.detail(exitCode, false).equals(entry.instance().detail());
        return ofThat ? new Changed(entry.in(DEAD, Sighting.detail(exitCode, true))) : NOTHING;
    }

    private static Finding gone(Entry entry) {
        if (entry.adopted()) {
            return new Forgotten();
        }
        return entry.isExpected() ? died(entry, null, false) : NOTHING;
    }

    private static Finding died(Entry entry, @Nullable Integer exitCode, boolean oomKilled) {
        return new Died(entry.in(DEAD, Sighting.detail(exitCode, oomKilled)), exitCode, oomKilled);
    }
}
