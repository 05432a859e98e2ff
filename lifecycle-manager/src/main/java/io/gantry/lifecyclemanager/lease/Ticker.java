package io.gantry.lifecyclemanager.lease;

/** Time that only goes on, whatever happens to the clock on the wall. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since some moment. */
    long nanos();
}
