package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.FleetApp;
import io.gantry.acceptance.driver.FleetMachine;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What ran on a machine that is lost answers elsewhere, and is not doubled when that comes back. */
class LostMachines extends FleetPart {
    @Test
    @Order(1)
    void a_machine_is_killed() throws IOException, InterruptedException {
        FleetApp hello = fleet.app("hello");
        FleetMachine lost = workerOf(hello);

        long began = System.nanoTime();
        lost.kill();
        hello.awaitElsewhere(lost);
        tell("machine killed to its app answering elsewhere", since(began));
        fleet.awaitReady();
        tell("machine killed to a whole fleet", since(began));

        awaitOneOfEach();
        // One for the machine, too, only if it was not on again before monitoring was sure.
        assertThat(fleet.incidents().stream()
                        .map(incident -> incident.path("app").asString("")))
                .contains("hello");
    }

    @Test
    @Order(2)
    void a_machine_is_cut_off_and_joined_again() throws IOException, InterruptedException {
        FleetApp hello = fleet.app("hello");
        FleetMachine lost = workerOf(hello);

        long began = System.nanoTime();
        try (var _ = lost.cutOff()) {
            hello.awaitElsewhere(lost);
            tell("machine cut off to its app answering elsewhere", since(began));
        }
        fleet.awaitReady();
        awaitOneOfEach();
    }

    private FleetMachine workerOf(FleetApp app) throws IOException, InterruptedException {
        FleetMachine machine = app.machine();
        assertThat(machine.name())
                .as("the machine without which nothing works")
                .isNotEqualTo(fleet.service("postgres").machine());
        return machine;
    }

    private void awaitOneOfEach() throws IOException, InterruptedException {
        fleet.app("hello").awaitInstances(1);
        fleet.app("shop").awaitInstances(2);
    }
}
