package io.gantry.monitoring.watch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Monitoring's own heartbeat. It tells time that monitoring lived through from time it was stopped for: while it was
 * stopped nobody's answer could be heard, so nobody was silent.
 */
final class Pulse {
    private final LongSupplier nanos;
    private final long regular;
    private long last;
    private long lived;
    private int stalls;

    /** @param stall a pause between two beats that is longer than that is one */
    Pulse(LongSupplier nanos, Duration stall) {
        this.nanos = nanos;
        this.regular = stall.toNanos();
        this.last = nanos.getAsLong();
    }

    /**
     * @param lived time lived through since the first beat; a stall adds no more than the longest regular pause
     * @param stalls how many there were
     */
    record Mark(Duration lived, int stalls) {
        /** Whether monitoring was never stopped between the two. */
        boolean isSteadySince(Mark earlier) {
            return stalls == earlier.stalls;
        }
    }

    synchronized Mark beat() {
        long now = nanos.getAsLong();
        long pause = now - last;
        last = now;
        lived += Math.min(pause, regular);
        stalls += pause > regular ? 1 : 0;
        return new Mark(Duration.ofNanos(lived), stalls);
    }
}
