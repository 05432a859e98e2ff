package io.gantry.acceptance.driver;

import java.io.UncheckedIOException;
import java.net.URI;

/** Load on an app that burns CPU when asked to, until it is closed. */
public final class Burning implements AutoCloseable {
    private final App app;
    private final Thread fire;
    private volatile boolean burning = true;

    private Burning(App app) {
        this.app = app;
        this.fire = Thread.ofVirtual().name("load on " + app.name()).start(this::burn);
    }

    public static Burning of(App app) {
        return new Burning(app);
    }

    private void burn() {
        while (burning) {
            app.addresses().forEach(Burning::burn);
        }
    }

    private static void burn(URI address) {
        try {
            Rest.get(address.resolve("/burn?seconds=1"));
        } catch (UncheckedIOException leaving) {
            // One that answers no more is about to be gone from the registry, or to be brought back.
        }
    }

    @Override
    public void close() {
        burning = false;
    }
}
