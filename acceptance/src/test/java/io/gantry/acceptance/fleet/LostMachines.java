package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.FleetApp;
import io.gantry.acceptance.driver.FleetMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What ran on a machine that is lost is not lost with it, and not doubled when that comes back. */
class LostMachines extends FleetPart {
    /** Who was away counts again only when the others have seen it: three looks, as one may be too short on a busy machine. */
    private static final Duration MACHINES_LOOK_AGAIN = Duration.ofSeconds(10);

    private static final String MANAGER = "lifecycle-manager";

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
        await("A look at each other").pollDelay(MACHINES_LOOK_AGAIN).until(() -> true);

        FleetMachine.Hang switches = managersHung();
        long began = System.nanoTime();
        try (var _ = lost.cutOff()) {
            awaitAnEndByItself(lost, switches);
            tell("machine cut off to its instances ended by itself", since(began));
            hello.awaitElsewhere(lost);
            tell("machine cut off to its app answering elsewhere", since(began));
        }
        fleet.awaitReady();
        awaitOneOfEach();
    }

    /** However long that takes on a busy machine, nobody who might switch it off does anything meanwhile. */
    private static void awaitAnEndByItself(FleetMachine lost, FleetMachine.Hang switches) {
        try {
            await("An end of what runs there, by itself")
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(SOON)
                    .until(() -> lost.runningOf("hello").isEmpty());
        } finally {
            switches.close();
        }
    }

    private FleetMachine.Hang managersHung() throws IOException, InterruptedException {
        List<FleetMachine.Hang> hung = fleet.services().stream()
                .filter(service -> service.service().equals(MANAGER))
                .map(manager -> fleet.machine(manager.machine()).hung(MANAGER))
                .toList();
        return () -> hung.forEach(FleetMachine.Hang::close);
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
