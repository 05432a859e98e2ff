package io.gantry.benchmarks.hop;

import io.gantry.benchmarks.measure.Latencies;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/** When messages were due to be sent, and how long each then took to arrive. */
final class Arrivals {
    private final AtomicLongArray due;
    private final CountDownLatch missing;
    private final Histogram nanos = Latencies.recorder();

    Arrivals(int messages) {
        this.due = new AtomicLongArray(messages);
        this.missing = new CountDownLatch(messages);
    }

    int messages() {
        return due.length();
    }

    /** Must be said before the message is sent. */
    void due(int message, long nanoTime) {
        due.set(message, nanoTime);
    }

    /** The first arrival counts; that of a message of an earlier measurement, delivered twice, does not. */
    void arrived(int message) {
        long since = due.getAndSet(message, 0);
        if (since != 0) {
            record(System.nanoTime() - since);
            missing.countDown();
        }
    }

    private synchronized void record(long taken) {
        nanos.recordValue(taken);
    }

    void awaitAll(Duration patience) throws InterruptedException, TimeoutException {
        if (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("%d of %d messages did not arrive within %d s"
                    .formatted(missing.getCount(), messages(), patience.toSeconds()));
        }
    }

    boolean complete(int messages) {
        return messages() - missing.getCount() >= messages;
    }

    synchronized Histogram nanos() {
        return nanos.copy();
    }
}
