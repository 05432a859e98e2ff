package io.gantry.benchmarks.measure;

/** Tells whoever waits what is being done now. */
@FunctionalInterface
public interface Progress {
    void say(String line);
}
