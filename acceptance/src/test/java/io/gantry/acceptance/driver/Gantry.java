package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** The door to a running platform for one test. What the test made is gone when it is closed. */
public final class Gantry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String RUN = Long.toString(System.nanoTime() / 1_000_000 % 60_466_176, 36);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Addresses platform;
    private final List<App> apps = new ArrayList<>();

    public Gantry(Addresses platform) {
        this.platform = platform;
    }

    /** The standalone one; where there is another, it is not to be asked for. */
    public Platform platform() {
        return (Platform) platform;
    }

    /** A new app; its name occurs nowhere else on this machine. */
    public App app(String name) {
        var app = new App(this, "%s-%s%s".formatted(name, RUN, Integer.toString(COUNT.incrementAndGet(), 36)));
        apps.add(app);
        return app;
    }

    public Deployment deployment(String token) {
        return Rest.get(scheduler("/api/v1/deployments/" + token)).expect(200).as(Deployment.class);
    }

    /** Waits until it ends, however. */
    public Deployment ended(Deployment deployment) {
        return await("End of " + deployment.token())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> deployment(deployment.token()), Deployment::isFinal);
    }

    public Answer cancel(Deployment deployment) {
        return Rest.postJson(scheduler("/api/v1/deployments/%s/cancel".formatted(deployment.token())), "");
    }

    public String buildLog(Deployment deployment, String service) {
        return Rest.get(buildLogOf(deployment, service), "Accept", "text/plain")
                .expect(200)
                .body();
    }

    public Events followedBuildLog(Deployment deployment, String service) {
        return Events.of(buildLogOf(deployment, service));
    }

    private URI buildLogOf(Deployment deployment, String service) {
        return scheduler("/api/v1/deployments/%s/services/%s/log".formatted(deployment.token(), service));
    }

    public Events events(Deployment deployment, String... headers) {
        return Events.of(eventsOf(deployment), headers);
    }

    /** For who has seen all events: there is nothing to keep a stream open for. */
    public Answer eventsAfter(Deployment deployment, String lastEventId) {
        return Rest.get(eventsOf(deployment), "Accept", "text/event-stream", "Last-Event-ID", lastEventId);
    }

    private URI eventsOf(Deployment deployment) {
        return scheduler("/api/v1/deployments/%s/events".formatted(deployment.token()));
    }

    public List<JsonNode> instances(String app) {
        var listed = Rest.get(nodeManager("/api/v1/instances?app=" + app))
                .expect(200)
                .json();
        return listed.path("instances").values().stream().toList();
    }

    public CommandLine commandLine() {
        return CommandLine.ofPlatformAt(platform.portBase());
    }

    public URI lifecycleManager(String path) {
        return platform.at(0, path);
    }

    public URI scheduler(String path) {
        return platform.at(1, path);
    }

    public URI deployer(String path) {
        return platform.at(2, path);
    }

    public URI loadBalancer(String path) {
        return platform.at(3, path);
    }

    public URI nodeManager(String path) {
        return platform.at(4, path);
    }

    public URI monitoring(String path) {
        return platform.at(5, path);
    }

    URI registry(String path) {
        return platform.at(10, path);
    }

    @Override
    public void close() {
        apps.forEach(App::delete);
    }
}
