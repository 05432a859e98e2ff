package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.Faults;
import io.gantry.acceptance.driver.FleetMachine;
import io.gantry.acceptance.driver.PlatformReplica;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A fleet comes up, whatever dies meanwhile. */
class Founding extends FleetPart {
    private static final String STACK_TRACE = "\tat ";
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

    @Test
    @Order(1)
    void without_a_docker_engine_on_this_computer_it_says_so() throws IOException, InterruptedException {
        Path nothing = Path.of("/nowhere/docker.sock");

        var up = fleet.upBy(nothing);

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err())
                .contains("No Docker Engine answers at " + nothing, "does it run")
                .doesNotContain(STACK_TRACE);
    }

    @Test
    @Order(2)
    void if_the_machine_that_it_begins_on_dies_it_says_so_and_what_to_do() throws IOException, InterruptedException {
        FleetMachine first = fleet.machine("vm-1");
        var faults = Faults.when("vm-1", "user gantry", first::kill);

        var up = fleet.up(faults);

        assertThat(faults.toCome()).isEmpty();
        assertThat(up.exitCode()).as(up.err()).isEqualTo(1);
        assertThat(up.err())
                .contains("See that vm-1 is switched on", "it goes on where it broke off")
                .doesNotContain(STACK_TRACE);
    }

    @Test
    @Order(3)
    void the_same_command_goes_on_and_ends_well_though_another_comes_and_services_and_a_machine_die()
            throws IOException, InterruptedException {
        FleetMachine first = fleet.machine("vm-1");
        FleetMachine third = fleet.machine("vm-3");
        var faults = Faults.when("vm-1", "machine", this::assertThatASecondUpIsToldToWait)
                .andWhen("vm-1", "blob-storage", () -> first.crash("blob-storage"))
                .andWhen("vm-1", "images: what others pull", () -> first.crash("container-registry"))
                .andWhen("vm-3", "create the machine", third::kill);

        var up = fleet.up(faults);

        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(faults.toCome()).isEmpty();
        assertThat(up.err()).contains("start the machine").doesNotContain(STACK_TRACE);
        assertThat(fleet.json("machines").path("machines").values())
                .hasSize(3)
                .allSatisfy(
                        machine -> assertThat(machine.path("state").asString()).isEqualTo("ON"));
        assertThat(fleet.services().stream().map(PlatformReplica::service).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        fleet.awaitReady();
    }

    private void assertThatASecondUpIsToldToWait() {
        var second = fleet.upMeanwhile();
        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(second.err()).contains("Another gantry is at work", "Wait until it is done");
    }

    @Test
    @Order(4)
    void the_same_again_has_nothing_to_do() throws IOException, InterruptedException {
        var again = fleet.upAgain();
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("Nothing to do");
    }

    @Test
    @Order(5)
    void what_a_file_of_credentials_says_now_is_told_to_who_needs_it() throws IOException, InterruptedException {
        FleetMachine machine = fleet.machine(fleet.service("monitoring").machine());
        String monitoring = machine.process("monitoring");
        String scheduler = machine.process("scheduler");
        fleet.postAlertsTo("https://hooks.example.com/second");

        var up = fleet.up();

        assertThat(up.exitCode()).as(up.err()).isZero();
        fleet.awaitReady();
        assertThat(machine.process("monitoring")).isNotEqualTo(monitoring);
        assertThat(machine.process("scheduler")).isEqualTo(scheduler);
        assertThat(fleet.upAgain().err()).contains("Nothing to do");
    }

    @Test
    @Order(6)
    void nobody_gets_in_without_a_key() throws IOException, InterruptedException {
        for (PlatformReplica service : fleet.services()) {
            if (service.isOurs()) {
                URI address = service.at("/api/v1/apps");
                assertThat(Rest.get(address).status()).as(address.toString()).isEqualTo(401);
            }
        }
    }
}
