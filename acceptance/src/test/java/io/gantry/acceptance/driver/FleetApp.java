package io.gantry.acceptance.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An app on a fleet, as one finds it who knows where the platform's services are. Any of them may be away for a while. */
public final class FleetApp {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(50);

    private final Fleet fleet;
    private final String name;
    private final PlatformReplica scheduler;
    private final PlatformReplica registry;
    private final String[] key;
    private final List<FleetMachine> machines;

    FleetApp(Fleet fleet, String name) throws IOException, InterruptedException {
        this.fleet = fleet;
        this.name = name;
        this.scheduler = fleet.service("scheduler");
        this.registry = fleet.service("node-manager");
        this.key = fleet.key();
        this.machines = fleet.machines();
    }

    public String name() {
        return name;
    }

    // --- where it is ---

    /** The service registry's entries of it. */
    public List<JsonNode> instances() {
        return Rest.get(registry.at("/api/v1/instances?app=" + name), key)
                .expect(200)
                .json()
                .path("instances")
                .values()
                .stream()
                .toList();
    }

    /** Of its first instance. */
    public URI address() {
        return addressOf(first());
    }

    /** Where its first instance is. */
    public FleetMachine machine() {
        return fleet.machine(nodeOf(first()));
    }

    /** As soon as the service registry says: one that has just started does not know the API keys yet. */
    private JsonNode first() {
        return await("An instance of " + name)
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(this::instances, known -> !known.isEmpty())
                .getFirst();
    }

    /** The deployment that each of its running containers is of, on all machines. */
    public List<String> containers() {
        return machines.stream()
                .flatMap(machine -> machine.runningOf(name).stream())
                .toList();
    }

    public void awaitElsewhere(FleetMachine lost) {
        awaitAnswer(machine -> !machine.equals(lost));
    }

    /** @return where it answers by now */
    public FleetMachine awaitAnswer() {
        return awaitAnswer(_ -> true);
    }

    private FleetMachine awaitAnswer(Predicate<FleetMachine> where) {
        return await(name + " answers")
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(() -> answering().stream().filter(where).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private List<FleetMachine> answering() {
        return instances().stream()
                .filter(instance -> Rest.get(addressOf(instance)).status() == 200)
                .map(instance -> fleet.machine(nodeOf(instance)))
                .toList();
    }

    /** So many, all running, and no container more. */
    public void awaitInstances(int count) {
        await("%d instances of %s, and a container of each".formatted(count, name))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(instances())
                            .hasSize(count)
                            .allSatisfy(instance -> assertThat(
                                            instance.path("state").asString())
                                    .isEqualTo("RUNNING"));
                    assertThat(containers()).hasSize(count);
                });
    }

    private static String nodeOf(JsonNode instance) {
        return instance.path("node").asString();
    }

    private static URI addressOf(JsonNode instance) {
        return URI.create("http://%s:%d/"
                .formatted(
                        instance.path("address").asString(),
                        instance.path("port").asInt()));
    }

    // --- deployments ---

    /**
     * Uploads, and asks for a deployment of what was uploaded, until it is accepted.
     *
     * @param once by which the same request is known, however often it is asked
     */
    public Deployment request(Bundle bundle, String once) {
        accepted(at("/services/%s/versions".formatted(App.APP_SERVER)), "application/zip", bundle.zip());
        byte[] mode = Rest.text(Map.of("mode", Mode.BUILD_AND_RUN)).getBytes(StandardCharsets.UTF_8);
        return accepted(at("/deployments"), "application/json", mode, "Idempotency-Key", once)
                .as(Deployment.class);
    }

    private Answer accepted(URI uri, String contentType, byte[] body, String... headers) {
        String[] all = Stream.concat(Stream.of(key), Stream.of(headers)).toArray(String[]::new);
        return await(uri + " accepts")
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(
                        () -> Rest.post(uri, contentType, BodyPublishers.ofByteArray(body), all),
                        answer -> answer.status() / 100 == 2);
    }

    private URI at(String path) {
        return scheduler.at("/api/v1/apps/" + name + path);
    }

    /** As it was seen first when it was so. */
    public Deployment awaited(Deployment deployment, Predicate<Deployment> seen) {
        URI uri = scheduler.at("/api/v1/deployments/" + deployment.token());
        return await("Deployment %s of %s".formatted(deployment.token(), name))
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(() -> Rest.get(uri, key).expect(200).as(Deployment.class), seen);
    }
}
