package io.gantry.benchmarks.measure;

/** Elapsed time, by the clock that never jumps. */
public final class Stopwatch {
    private final long began = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public double millis() {
        return (System.nanoTime() - began) / 1e6;
    }

    public double seconds() {
        return millis() / 1e3;
    }
}
