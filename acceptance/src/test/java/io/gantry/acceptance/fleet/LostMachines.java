package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.FleetApp;
import io.gantry.acceptance.driver.FleetMachine;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What ran on a machine that is lost is not lost with it, and not doubled when that comes back. */
class LostMachines extends FleetPart {
    @Test
    @Order(1)
    void what_ran_on_a_machine_that_is_killed_answers_elsewhere_unless_it_is_back_there_sooner()
            throws IOException, InterruptedException {
        FleetApp hello = fleet.app("hello");
        FleetMachine lost = workerOf(hello);

        long began = System.nanoTime();
        lost.kill();
        FleetMachine now = hello.awaitAnswer();
        tell("machine killed to its app answering " + (now.equals(lost) ? "there again" : "elsewhere"), since(began));
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
    void what_ran_on_a_machine_that_is_cut_off_answers_elsewhere_and_is_not_doubled_when_it_is_joined_again()
            throws IOException, InterruptedException {
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
