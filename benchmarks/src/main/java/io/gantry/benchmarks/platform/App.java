package io.gantry.benchmarks.platform;

/** An app of one service, named so that nobody else's is mistaken for it. */
public record App(String name) {
    static final String PREFIX = "bench-";
    private static final String SERVICE = "app-server";

    public static App named(String what) {
        return new App(PREFIX + what);
    }

    public String service() {
        return SERVICE;
    }
}
