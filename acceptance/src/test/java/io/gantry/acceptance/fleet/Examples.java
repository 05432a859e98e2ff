package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.CommandLine.Ran;
import io.gantry.acceptance.driver.FleetMachine;
import io.gantry.acceptance.driver.JavaExample;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Every example, on a fleet. */
class Examples extends FleetPart {
    /** By app: what it says on its first page. */
    private static final Map<String, String> SERVING = Map.of(
            "hello", "Hello from hello",
            "hello-node", "Hello from hello-node",
            "hello-java", "Hello from hello-java",
            "site", "<h1>Harbour</h1>",
            "shop", "<h1>Shop</h1>",
            "busy", "at your service");

    private static final Set<String> FAILING = Set.of("crash-at-start", "never-healthy");
    /** The parts that follow need these. */
    private static final Set<String> STAYING = Set.of("hello", "shop");

    @Test
    @Order(1)
    void all_are_deployed_side_by_side_spread_over_machines_and_reached_there()
            throws IOException, InterruptedException, ExecutionException {
        Map<String, Ran> deployed = deployed();

        Map<String, String> machines = new HashMap<>();
        fleet.json("machines")
                .path("machines")
                .values()
                .forEach(machine -> machines.put(
                        machine.path("address").asString(), machine.path("name").asString()));
        Set<String> used = new HashSet<>();
        SERVING.forEach((app, words) -> {
            Ran ran = deployed.get(app);
            assertThat(ran.exitCode()).as(app + ": " + ran.err()).isZero();
            URI address = URI.create(ran.out().strip());
            assertThat(machines).containsKey(address.getHost());
            used.add(address.getHost());
            assertThat(Rest.get(address).expect(200).body()).contains(words);
        });
        assertThat(used).as("The machines that run apps").hasSizeGreaterThan(1);

        assertThat(deployed.get("crash-at-start").exitCode()).isEqualTo(1);
        assertThat(deployed.get("crash-at-start").err())
                .containsPattern("exit code +3")
                .contains("KeyError: 'DATABASE_URL'");
        assertThat(deployed.get("never-healthy").exitCode()).isEqualTo(8);
        assertThat(deployed.get("never-healthy").err())
                .containsPattern("last probe .*503")
                .contains("not ready to serve");
        assertThatNothingRunsOf(FAILING);
    }

    private Map<String, Ran> deployed() throws IOException, InterruptedException, ExecutionException {
        Path java = JavaExample.built("hello-java");
        return eachOf(
                Stream.concat(SERVING.keySet().stream(), FAILING.stream()).toList(),
                app -> fleet.runLong("deploy", folderOf(app, java).toString(), "--app", app, "--wait"));
    }

    private static Path folderOf(String app, Path java) {
        return switch (app) {
            case "hello" -> Bundle.example("hello-python");
            case "hello-java" -> java;
            default -> Bundle.example(app);
        };
    }

    @Test
    @Order(2)
    void what_is_deleted_is_gone_from_its_machine() throws IOException, InterruptedException, ExecutionException {
        List<String> leaving = Stream.concat(SERVING.keySet().stream(), FAILING.stream())
                .filter(app -> !STAYING.contains(app))
                .toList();

        Map<String, Ran> deleted = eachOf(leaving, app -> fleet.runLong("delete", app, "--yes", "--wait"));

        deleted.forEach((app, ran) ->
                assertThat(ran.exitCode()).as(app + ": " + ran.err()).isZero());
        assertThatNothingRunsOf(leaving);
    }

    private void assertThatNothingRunsOf(Collection<String> apps) throws IOException, InterruptedException {
        for (FleetMachine machine : fleet.machines()) {
            for (String app : apps) {
                assertThat(machine.runningOf(app)).as(app + " on " + machine).isEmpty();
            }
        }
    }

    private interface Verb {
        Ran of(String app) throws IOException, InterruptedException;
    }

    /** All at the same time. */
    private static Map<String, Ran> eachOf(Collection<String> apps, Verb verb)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Ran>> underWay =
                    apps.stream().collect(Collectors.toMap(app -> app, app -> threads.submit(() -> verb.of(app))));
            Map<String, Ran> ended = new LinkedHashMap<>();
            for (var each : underWay.entrySet()) {
                ended.put(each.getKey(), each.getValue().get());
            }
            return ended;
        }
    }
}
