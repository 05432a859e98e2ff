package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A visitor who never rests: asks the app, at the address that holds at the time, a hundred times a second. */
public final class ConstantRequests implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final App app;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile String newest = "";

    private ConstantRequests(App app) {
        this.app = app;
    }

    public static ConstantRequests to(App app) {
        var requests = new ConstantRequests(app);
        var _ = requests.clock.scheduleWithFixedDelay(requests::ask, 0, 10, TimeUnit.MILLISECONDS);
        return requests;
    }

    public void awaitAnswer(String part) {
        await("An answer with " + part).atMost(PATIENCE).until(() -> newest.contains(part));
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    private void ask() {
        try {
            newest = app.answer();
        } catch (RuntimeException | AssertionError failure) {
            failures.add(failure.toString());
        }
    }

    @Override
    public void close() {
        clock.close();
    }
}
