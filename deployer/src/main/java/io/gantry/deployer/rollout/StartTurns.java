package io.gantry.deployer.rollout;

import io.gantry.contract.registry.Node;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Who may have an engine start a container now. It starts as many at once as its node has processors; more only get in each
 * other's way, and all of them take longer.
 */
@Component
class StartTurns {
    private static final int FEWEST = 2;

    private final Map<Lane, Semaphore> lanes = new ConcurrentHashMap<>();

    private record Lane(URI engine, int width) {
        static Lane of(Node node) {
            return new Lane(node.engine(), Math.max(FEWEST, (int) Math.ceil(node.cpus())));
        }
    }

    /** What takes time without keeping the engine busy. */
    @FunctionalInterface
    interface Pause<T> {
        T take() throws InterruptedException;
    }

    /** Whoever comes first, has its turn first. */
    Turn await(Node node) throws InterruptedException {
        Semaphore lane = lanes.computeIfAbsent(Lane.of(node), key -> new Semaphore(key.width(), true));
        lane.acquire();
        return new Turn(lane);
    }

    static final class Turn implements AutoCloseable {
        private final Semaphore lane;

        private Turn(Semaphore lane) {
            this.lane = lane;
        }

        /** Lets others go first meanwhile. */
        <T> T letOthersGoFor(Pause<T> pause) throws InterruptedException {
            lane.release();
            try {
                return pause.take();
            } finally {
                lane.acquireUninterruptibly();
            }
        }

        @Override
        public void close() {
            lane.release();
        }
    }
}
