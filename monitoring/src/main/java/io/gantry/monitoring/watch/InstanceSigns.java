package io.gantry.monitoring.watch;

import io.gantry.contract.manifest.Health;
import io.gantry.monitoring.unit.Verdict;
import io.gantry.monitoring.watch.MachineSigns.NodeWord;
import java.time.Duration;
import java.util.Optional;

/**
 * What speaks for and against an instance that runs, by the service registry. It is down only if it gives bad answers, and its
 * engine says that it runs all the same and has had its time to start; where the engine can't be asked, it takes another witness
 * that the way to the node is open, and the whole time to start.
 *
 * @param hung whether it is down for that already
 * @param reached whether monitoring ever got as far as to it; if not, the way may be closed, and not it be hung
 * @param silent for how long it has not given one; none: not known yet
 * @param node what the node-manager says of its node
 * @param others what is asked besides it on its node
 */
record InstanceSigns(
        Health health,
        boolean hung,
        boolean reached,
        InstanceSighting seen,
        Optional<Duration> silent,
        NodeWord node,
        Others others) {
    enum Others {
        SPEAK,
        SILENT,
        /** There are none, or nothing is known of them. */
        NONE
    }

    /** None: it stays what it was. */
    Optional<Verdict> verdict(WatchSettings settings, InstanceSettings ofInstances) {
        return silent.flatMap(length -> length.isZero() ? well() : unwell(length, settings, ofInstances));
    }

    private Optional<Verdict> well() {
        return hung && seen.good() < health.healthyAfter() ? Optional.empty() : Optional.of(Verdict.UP);
    }

    private Optional<Verdict> unwell(Duration length, WatchSettings settings, InstanceSettings ofInstances) {
        if (hung || !reached || isStarting(length)) {
            return Optional.empty();
        }
        String sentence =
                "it does not answer: %s, for %d s".formatted(seen.silence().why(), length.toSeconds());
        Optional<String> doubt = doubt(length, settings, ofInstances);
        if (doubt.isEmpty()) {
            return Optional.of(Verdict.down(sentence + ", though its container runs"));
        }
        return length.compareTo(settings.suspectAfter()) < 0
                ? Optional.empty()
                : Optional.of(Verdict.suspect(sentence + "; but " + doubt.get()));
    }

    /** Where nobody says since when it runs, it may have been started when it fell silent. */
    private boolean isStarting(Duration length) {
        Duration grace = health.gracePeriod().value();
        return switch (seen.container()) {
            case ContainerWord.Runs(var age) -> age.compareTo(grace) < 0;
            case ContainerWord.NoEngine _, ContainerWord.NotKnown _ -> length.compareTo(grace) < 0;
            case ContainerWord.Ended _, ContainerWord.Absent _ -> false;
        };
    }

    private Optional<String> doubt(Duration length, WatchSettings settings, InstanceSettings ofInstances) {
        return doubtOfEngine().or(() -> doubtOfNode(length, settings)).or(() -> doubtOfTime(length, ofInstances));
    }

    private Optional<String> doubtOfEngine() {
        return switch (seen.container()) {
            case ContainerWord.Runs _ -> Optional.empty();
            case ContainerWord.Ended(var how) -> Optional.of("its container ended: " + how);
            case ContainerWord.Absent _ -> Optional.of("its container is gone");
            case ContainerWord.NoEngine(var why) -> doubtWithoutEngine("its engine does not answer: " + why);
            case ContainerWord.NotKnown _ -> doubtWithoutEngine("its engine has not said yet that it runs");
        };
    }

    private Optional<String> doubtWithoutEngine(String why) {
        return seen.spoke() || others == Others.SPEAK ? Optional.empty() : Optional.of(why);
    }

    /** Where nothing on a node answers, it may be the way there. One that says that it is not well is reached. */
    private Optional<String> doubtOfNode(Duration length, WatchSettings settings) {
        if (node != NodeWord.READY) {
            return Optional.of("the node-manager does not reach its node");
        }
        return !seen.spoke() && others == Others.SILENT && length.compareTo(settings.cutOffAfter()) < 0
                ? Optional.of("nothing else on its node answers either")
                : Optional.empty();
    }

    private Optional<String> doubtOfTime(Duration length, InstanceSettings ofInstances) {
        return seen.bad() < health.unhealthyAfter() || length.compareTo(ofInstances.silent()) < 0
                ? Optional.of("not long enough")
                : Optional.empty();
    }
}
