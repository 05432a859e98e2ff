package io.gantry.benchmarks.hop;

/** Messages are spread over as many keys as there may be apps busy at once. */
final class Keys {
    private static final int APPS = 16;

    private Keys() {}

    static String of(int message) {
        return "app-" + message % APPS;
    }
}
