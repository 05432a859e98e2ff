package io.gantry.benchmarks.fleet;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** An app with some instances, spread over the machines. */
record ServingApp(Stage stage, int replicas) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

    static ServingApp built(Api api, int replicas) throws IOException, InterruptedException {
        return new ServingApp(Stage.built(api, App.named("lost"), Zips.files()), replicas);
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
    void awaitServing() throws Exception {
        Await.until("%d instances to answer".formatted(replicas), PATIENCE, LOOKS_EVERY, this::serves);
    }

    private boolean serves() {
        List<JsonNode> running = running();
        return running.size() == replicas
                && running.parallelStream()
                        .allMatch(instance -> Asked.answers(
                                instance.path("address").asString(),
                                instance.path("port").asInt(),
                                "/"));
    }

    int countOn(String node) {
        return Math.toIntExact(running().stream()
                .filter(instance -> instance.path("node").asString().equals(node))
                .count());
    }

    private List<JsonNode> running() {
        return look("/instances?state=RUNNING&app=" + stage.app().name())
                .path("instances")
                .valueStream()
                .toList();
    }

    private List<String> readyNodes() {
        return look("/nodes")
                .path("nodes")
                .valueStream()
                .filter(node -> node.path("state").asString().equals("READY"))
                .map(node -> node.path("id").asString())
                .toList();
    }

    /** Empty where it can't be known now. */
    private JsonNode look(String path) {
        try {
            return stage.api().look(Service.NODE_MANAGER, path);
        } catch (IOException notNow) {
            return MissingNode.getInstance();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }
}
