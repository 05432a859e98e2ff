package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A machine comes for what has no room anywhere, and goes when nothing needs it any more. */
class Pools extends FleetPart {
    /** More than any of the fleet's own machines has. */
    private static final String ROOMY = "\"resources\": {\"memory\": \"4Gi\"}, \"port\"";

    private static final Duration COMES_AND_GOES = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    @Order(1)
    void a_pool_is_told_to_a_fleet_that_is_there_and_nothing_comes_of_it() throws IOException, InterruptedException {
        fleet.alsoSays("""
                pools:
                  - {name: burst, max: 1, size: {cpus: 1, memory: 5Gi}, scaleUpAfter: 5s, coolDown: 1s, idleFor: 10s}
                """);

        var up = fleet.up();

        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(machinesOfPool()).isEmpty();
    }

    @Test
    @Order(2)
    void an_app_that_has_no_room_gets_a_machine_and_runs_there() throws IOException, InterruptedException {
        long began = System.nanoTime();
        var ran = fleet.runLong("deploy", roomy().toString(), "--app", "roomy", "--wait");
        tell("app without room deployed to it answering on a machine more", since(began));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(Rest.get(URI.create(ran.out().strip())).expect(200).body()).contains("Hello from roomy");
        assertThat(fleet.app("roomy").machine().name()).isEqualTo("burst-1");
        assertThat(machinesOfPool()).containsExactly("burst-1");
        assertThat(decisions()).containsExactly("ADD burst-1");
        assertThat(fleet.run("status").out()).contains("burst-1", "of roomy/app-server has waited since");
    }

    @Test
    @Order(3)
    void the_same_file_again_leaves_the_machine_that_came() throws IOException, InterruptedException {
        var again = fleet.upAgain();
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("Nothing to do");
        assertThat(machinesOfPool()).containsExactly("burst-1");
    }

    @Test
    @Order(4)
    void when_the_app_is_gone_the_machine_goes_and_nothing_else() throws IOException, InterruptedException {
        long began = System.nanoTime();
        assertThat(fleet.runLong("delete", "roomy", "--yes", "--wait").exitCode())
                .isZero();

        await("The machine has left")
                .atMost(COMES_AND_GOES)
                .untilAsserted(() -> assertThat(fleet.machines()).hasSize(3));
        tell("app deleted to its machine gone, idle for 10 s of it", since(began));

        fleet.awaitReady();
        assertThat(decisions()).containsExactly("REMOVE burst-1", "DRAIN burst-1", "ADD burst-1");
        assertThat(fleet.leftOnThisComputer()).noneMatch(name -> name.contains("burst"));
    }

    private Path roomy() throws IOException {
        Path example = Bundle.example("hello-python");
        Files.copy(example.resolve("app.py"), folder.resolve("app.py"));
        String config = Files.readString(example.resolve("config.json"));
        assertThat(config).contains("\"port\"");
        return Files.writeString(folder.resolve("config.json"), config.replace("\"port\"", ROOMY))
                .getParent();
    }

    private List<String> machinesOfPool() throws IOException, InterruptedException {
        return capacity().at("/pools/0/machines").values().stream()
                .map(JsonNode::asString)
                .toList();
    }

    /** The newest first. */
    private List<String> decisions() throws IOException, InterruptedException {
        return capacity().path("decisions").values().stream()
                .map(decision -> decision.path("kind").asString() + " "
                        + decision.path("machine").asString())
                .toList();
    }

    private JsonNode capacity() throws IOException, InterruptedException {
        return fleet.json("status").path("capacity");
    }
}
