package io.gantry.benchmarks.fleet;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.Api.Service;
import io.gantry.benchmarks.platform.App;
import io.gantry.benchmarks.platform.Stage;
import io.gantry.benchmarks.platform.Zips;
import io.gantry.benchmarks.processes.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An app with some instances, spread over the machines. */
record ServingApp(Stage stage, int replicas) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

    static ServingApp built(Api api, String name, int replicas) throws IOException, InterruptedException {
        return new ServingApp(Stage.built(api, App.named(name), Zips.files()), replicas);
    }

    /** Runs it anew, so that its instances are on every node there is. */
    void spread(List<String> nodes) throws Exception {
        Await.until("the nodes to be ready", PATIENCE, () -> readyNodes().containsAll(nodes));
        stage.ended(stage.run());
        stage.api().scale(stage.app(), replicas);
        awaitServing();
    }

    void stop() throws IOException, InterruptedException {
        stage.stop();
    }

    /** Until as many as are wanted run, by the registry's word, and all of them answer. */
    void awaitServing() throws InterruptedException, TimeoutException {
        try {
            Await.until("%d instances to answer".formatted(replicas), PATIENCE, LOOKS_EVERY, this::serves);
        } catch (TimeoutException late) {
            TimeoutException told = new TimeoutException("%s; there are %s".formatted(late.getMessage(), instances()));
            told.initCause(late);
            throw told;
        }
    }

    private boolean serves() {
        List<JsonNode> running = running();
        return running.size() == replicas && running.parallelStream().allMatch(ServingApp::answers);
    }

    private static boolean answers(JsonNode instance) {
        return Asked.answers(
                instance.path("address").asString(), instance.path("port").asInt(), "/");
    }

    /** Each as the registry tells it, and whether it answers. */
    private List<String> instances() {
        return listed("")
                .map(instance -> "%s %s on %s, %s"
                        .formatted(
                                instance.path("id").asString(),
                                instance.path("state").asString(),
                                instance.path("node").asString(),
                                answers(instance) ? "answers" : "does not answer"))
                .toList();
    }

    Set<String> instancesRunning() {
        return running().stream()
                .map(instance -> instance.path("id").asString())
                .collect(toUnmodifiableSet());
    }

    int countOn(String node) {
        return Math.toIntExact(running().stream()
                .filter(instance -> instance.path("node").asString().equals(node))
                .count());
    }

    private List<JsonNode> running() {
        return listed("&state=RUNNING").toList();
    }

    private Stream<JsonNode> listed(String which) {
        return stage.api()
                .glance(Service.NODE_MANAGER, "/instances?app=" + stage.app().name() + which)
                .path("instances")
                .valueStream();
    }

    private List<String> readyNodes() {
        return stage.api()
                .glance(Service.NODE_MANAGER, "/nodes")
                .path("nodes")
                .valueStream()
                .filter(node -> node.path("state").asString().equals("READY"))
                .map(node -> node.path("id").asString())
                .toList();
    }
}
