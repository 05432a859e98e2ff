package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A visitor who never rests: asks again 10 ms after each answer. */
public final class ConstantRequests implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Supplier<String> question;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile String newest = "";

    private ConstantRequests(Supplier<String> question) {
        this.question = question;
    }

    /** At the address that holds at the time. */
    public static ConstantRequests to(App app) {
        return asking(app::answer);
    }

    public static ConstantRequests to(URI address) {
        return asking(() -> Rest.get(address).expect(200).body());
    }

    private static ConstantRequests asking(Supplier<String> question) {
        var requests = new ConstantRequests(question);
        var _ = requests.clock.scheduleWithFixedDelay(requests::ask, 0, 10, TimeUnit.MILLISECONDS);
        return requests;
    }

    public void awaitAnswer(String part) {
        await("An answer with " + part).atMost(PATIENCE).until(() -> newest.contains(part));
    }

    /** Returns when so much time has passed. */
    public void keepAsking(Duration time) throws InterruptedException {
        var over = new CountDownLatch(1);
        var _ = clock.schedule(over::countDown, time.toMillis(), TimeUnit.MILLISECONDS);
        over.await();
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    private void ask() {
        try {
            newest = question.get();
        } catch (RuntimeException | AssertionError failure) {
            failures.add(failure.toString());
        }
    }

    @Override
    public void close() {
        clock.close();
    }
}
