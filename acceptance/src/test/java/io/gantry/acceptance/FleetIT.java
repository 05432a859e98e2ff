package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.Fleet;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** One fleet, from nothing to nothing again; what each test leaves, the next one finds. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(600)
class FleetIT {
    private static final List<String> SERVICES = List.of(
            "postgres",
            "blob-storage",
            "container-registry",
            "kafka",
            "lifecycle-manager",
            "scheduler",
            "deployer",
            "load-balancer",
            "node-manager",
            "monitoring");

    private static Fleet fleet;

    @BeforeAll
    static void describe() throws IOException {
        fleet = Fleet.described();
    }

    @AfterAll
    static void leave_nothing_behind() throws IOException {
        fleet.close();
    }

    @Test
    @Order(1)
    void one_command_brings_up_three_machines_and_the_whole_platform() throws IOException, InterruptedException {
        var up = fleet.up();
        assertThat(up.exitCode()).as(up.err()).isZero();

        assertThat(fleet.json("machines").path("machines").values())
                .hasSize(3)
                .allSatisfy(
                        machine -> assertThat(machine.path("state").asString()).isEqualTo("ON"));
        assertThat(fleet.services().stream()
                        .map(service -> service.path("name").asString())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        assertThat(fleet.isReady()).isTrue();
    }

    @Test
    @Order(2)
    void the_same_again_has_nothing_to_do() throws IOException, InterruptedException {
        var again = fleet.up();
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).contains("Nothing to do");
    }

    @Test
    @Order(3)
    void apps_are_deployed_and_reached_at_the_address_of_their_machine() throws IOException, InterruptedException {
        var hello = fleet.deploy("hello-python", "hello");
        var shop = fleet.deploy("shop", "shop");

        assertThat(hello.getHost()).startsWith("10.");
        assertThat(Rest.get(hello).body()).contains("Hello from hello");
        assertThat(Rest.get(shop).body()).contains("<h1>Shop</h1>");
    }

    @Test
    @Order(4)
    void nobody_gets_in_without_a_key() throws IOException, InterruptedException {
        for (JsonNode service : fleet.services()) {
            if (service.path("port").asInt() < 7070 || service.path("port").asInt() > 7075) {
                continue;
            }
            URI address = URI.create("http://%s:%d/api/v1/apps"
                    .formatted(
                            service.path("address").asString(),
                            service.path("port").asInt()));
            assertThat(Rest.get(address).status()).as(address.toString()).isEqualTo(401);
        }
    }

    @Test
    @Order(5)
    void nothing_is_left_of_it() throws IOException, InterruptedException {
        var down = fleet.down();
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(fleet.leftOnThisComputer()).isEmpty();
        assertThat(fleet.leftInHome()).isEmpty();
    }
}
