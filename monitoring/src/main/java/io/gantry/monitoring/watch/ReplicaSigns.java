package io.gantry.monitoring.watch;

import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.WatchSettings.Grace;
import java.time.Duration;
import java.util.Optional;

/**
 * What speaks for and against a replica of a platform service. It is down only if it does not answer and its engine
 * does not excuse it.
 *
 * @param silent for how long it has not answered; none: not known yet
 * @param why what stood in the way of the last answer
 * @param container what its engine says, asked only while it is silent
 * @param machine as monitoring sees it now
 */
record ReplicaSigns(
        String service, Optional<Duration> silent, String why, ContainerWord container, MachineSight machine) {
    enum MachineSight {
        ANSWERS,
        /** It is back, and its engine may not have started everything yet. */
        BOOTS,
        SILENT,
        LOST
    }

    /** None: it stays what it was. */
    Optional<Verdict> verdict(WatchSettings settings) {
        return silent.flatMap(length -> length.isZero() ? Optional.of(Verdict.UP) : unanswered(length, settings));
    }

    private Optional<Verdict> unanswered(Duration length, WatchSettings settings) {
        if (machine == MachineSight.LOST) {
            return Optional.of(Verdict.unknown("its machine is lost"));
        }
        String sentence = "it has not answered for %d s (%s)".formatted(length.toSeconds(), why);
        Optional<String> confirmed = machine == MachineSight.ANSWERS ? against(length, settings) : Optional.empty();
        if (confirmed.isPresent()) {
            return Optional.of(Verdict.down(sentence + ", and " + confirmed.get()));
        }
        return length.compareTo(settings.suspectAfter()) < 0
                ? Optional.empty()
                : Optional.of(Verdict.suspect(sentence));
    }

    /** What the engine says against it, if that and the silence are enough. */
    private Optional<String> against(Duration length, WatchSettings settings) {
        Grace grace = settings.graceOf(service);
        return switch (container) {
            case ContainerWord.Runs(var age)
            when age.compareTo(grace.startUp()) >= 0 -> when(length, grace.silent(), "its container runs all the same");
            case ContainerWord.Runs _, ContainerWord.NotKnown _ -> Optional.empty();
            case ContainerWord.Ended(var how) -> when(length, settings.deadAfter(), "its container ended: " + how);
            case ContainerWord.Absent _ -> when(length, settings.deadAfter(), "its container is gone");
            case ContainerWord.NoEngine(var reason) ->
                when(length, grace.startUp(), "its engine does not answer either: " + reason);
        };
    }

    private static Optional<String> when(Duration length, Duration atLeast, String what) {
        return length.compareTo(atLeast) < 0 ? Optional.empty() : Optional.of(what);
    }
}
