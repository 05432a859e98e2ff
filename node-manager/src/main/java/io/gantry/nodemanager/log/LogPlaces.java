package io.gantry.nodemanager.log;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.nodemanager.log.LogUnavailable.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * How many logs are read from each node at once. Each holds a connection to its engine, for as long as its reader likes, and the platform
 * needs some of these itself. Logs that are followed have places of their own, so that others can still be read when those are taken.
 */
@Component
class LogPlaces {
    private final int atOnce;
    private final Map<Kind, Integer> taken = new ConcurrentHashMap<>();

    private record Kind(NodeId node, boolean followed) {}

    /** Held until it is closed; that again changes nothing. */
    final class Place implements AutoCloseable {
        private final Kind kind;
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void close() {
            if (held.getAndSet(false)) {
                giveBack(kind);
            }
        }
    }

    LogPlaces(LogSettings settings) {
        this.atOnce = settings.atOnce();
    }

    /** @throws LogUnavailable if all are taken */
    Place take(NodeId node, boolean followed) throws LogUnavailable {
        Kind kind = new Kind(node, followed);
        if (taken.merge(kind, 1, Integer::sum) > atOnce) {
            giveBack(kind);
            throw noneFree(kind);
        }
        return new Place(kind);
    }

    private void giveBack(Kind kind) {
        taken.computeIfPresent(kind, (_, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Where some of what runs can be followed it is, and of the rest it is told why not.
     *
     * @throws LogUnavailable if something runs, and nothing of it can be followed
     */
    void requireOneToFollow(List<Instance> instances) throws LogUnavailable {
        List<Kind> wanted = instances.stream()
                .filter(instance -> instance.state() == InstanceState.RUNNING)
                .map(instance -> new Kind(instance.node(), true))
                .toList();
        if (!wanted.isEmpty() && wanted.stream().allMatch(this::isFull)) {
            throw noneFree(wanted.getFirst());
        }
    }

    private boolean isFull(Kind kind) {
        return taken.getOrDefault(kind, 0) >= atOnce;
    }

    private LogUnavailable noneFree(Kind kind) {
        String sentence = kind.followed()
                ? "On %s %d logs are followed already, as many as can be. End one that is no longer looked at, or read the log without following it."
                : "On %s %d logs are being read already, as many as can be. Try again when one of them has ended.";
        return new LogUnavailable(sentence.formatted(kind.node(), atOnce), Reason.TOO_MANY, null);
    }
}
