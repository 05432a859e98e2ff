package io.gantry.benchmarks.hop;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** How fast messages are sent. */
sealed interface Pace {
    Duration PATIENCE = Duration.ofSeconds(60);

    /** Sends them all and waits until they have arrived. */
    void drive(Hop hop, Arrivals arrivals) throws InterruptedException, TimeoutException;

    String words();

    int messages();

    /** The next one when the last one has arrived. */
    record OneAtATime(int messages) implements Pace {
        @Override
        public void drive(Hop hop, Arrivals arrivals) throws InterruptedException, TimeoutException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            hop.deliverTo(arrivals);
            for (int message = 0; message < messages; message++) {
                arrivals.due(message, System.nanoTime());
                hop.send(message);
                while (!arrivals.complete(message + 1)) {
                    if (System.nanoTime() > deadline) {
                        throw new TimeoutException("Message %d did not arrive".formatted(message));
                    }
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
                }
            }
        }

        @Override
        public String words() {
            return "1 at a time";
        }
    }

    /** At instants fixed beforehand, whatever becomes of the earlier ones: a stall shows in all that were due meanwhile. */
    record AtRate(int perSecond, Duration span) implements Pace {
        @Override
        public int messages() {
            return Math.toIntExact(perSecond * span.toSeconds());
        }

        @Override
        public void drive(Hop hop, Arrivals arrivals) throws InterruptedException, TimeoutException {
            hop.deliverTo(arrivals);
            try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                long began = System.nanoTime();
                for (int message = 0; message < messages(); message++) {
                    int number = message;
                    long due = began + TimeUnit.SECONDS.toNanos(1) * message / perSecond;
                    arrivals.due(message, due);
                    pauseUntil(due);
                    senders.execute(() -> hop.send(number));
                }
                arrivals.awaitAll(PATIENCE);
            }
        }

        private static void pauseUntil(long nanoTime) {
            for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        @Override
        public String words() {
            return perSecond + " a second";
        }
    }
}
