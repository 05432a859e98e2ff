package io.gantry.monitoring.watch;

import io.gantry.monitoring.unit.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * What speaks for and against a machine. It is down only if monitoring itself and somebody else say so.
 *
 * @param silent for how long it has not answered over SSH; none: not known yet
 * @param node what the node-manager says of it
 * @param services whether any platform service on it answers
 * @param cutOff whether monitoring reaches hardly any machine
 */
record MachineSigns(Optional<Duration> silent, NodeWord node, Services services, boolean cutOff) {
    enum NodeWord {
        READY,
        UNREACHABLE,
        /** It is no node, or the node-manager does not answer: what it said last may be long past. */
        NONE
    }

    enum Services {
        ANSWER,
        SILENT,
        /** There are none, or nothing is known of them. */
        NONE
    }

    /** None: it stays what it was. */
    Optional<Verdict> verdict(WatchSettings settings) {
        return silent.flatMap(length -> length.isZero() ? Optional.of(answering()) : unreached(length, settings));
    }

    private Verdict answering() {
        return node == NodeWord.UNREACHABLE
                ? Verdict.suspect("it answers over SSH, but the node-manager does not reach its Docker Engine")
                : Verdict.UP;
    }

    private Optional<Verdict> unreached(Duration length, WatchSettings settings) {
        String sentence = "it has not answered over SSH for %d s".formatted(length.toSeconds());
        Duration limit = cutOff ? settings.cutOffAfter() : settings.lostAfter();
        if (isConfirmed() && length.compareTo(limit) >= 0) {
            return Optional.of(Verdict.down(sentence + ", and " + witness()));
        }
        return length.compareTo(settings.suspectAfter()) < 0
                ? Optional.empty()
                : Optional.of(Verdict.suspect(sentence + ", but " + doubt()));
    }

    private boolean isConfirmed() {
        return switch (services) {
            case ANSWER -> false;
            case SILENT -> node != NodeWord.READY;
            case NONE -> node == NodeWord.UNREACHABLE;
        };
    }

    private String witness() {
        return node == NodeWord.UNREACHABLE
                ? "the node-manager does not reach it either"
                : "none of its platform services answers";
    }

    private String doubt() {
        if (isConfirmed()) {
            return cutOff ? "monitoring reaches hardly any machine: it may be cut off itself" : "not long enough";
        }
        if (services == Services.ANSWER) {
            return "a platform service on it answers";
        }
        return node == NodeWord.READY ? "the node-manager reaches it" : "nobody else says so";
    }
}
