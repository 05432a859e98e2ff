package io.gantry.standalone;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that can be started anew. */
final class RunningService implements AutoCloseable {
    private final Supplier<ConfigurableApplicationContext> start;
    private @Nullable ConfigurableApplicationContext context;
    private boolean closed;

    private RunningService(Supplier<ConfigurableApplicationContext> start) {
        this.start = start;
    }

    /** @param start returns when the service is ready */
    static RunningService started(Supplier<ConfigurableApplicationContext> start) {
        var service = new RunningService(start);
        service.restart();
        return service;
    }

    /** Returns when it is ready again. One that could not be started is not there; it may be restarted again. */
    synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("The platform is going down");
        }
        stop();
        context = start.get();
    }

    private void stop() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
