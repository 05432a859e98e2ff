package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.FleetApp;
import io.gantry.acceptance.driver.FleetMachine;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What ran on a machine that is lost is not lost with it, and not doubled when that comes back. */
class LostMachines extends FleetPart {
    /** Who was away counts again only when the others have seen it. */
    private static final Duration MACHINES_LOOK_AGAIN = Duration.ofSeconds(5);

    private static final Duration BEFORE_IT_IS_SWITCHED_OFF = Duration.ofSeconds(9);

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

        long began = System.nanoTime();
        try (var _ = lost.cutOff()) {
            await("An end of what runs there, by itself")
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(BEFORE_IT_IS_SWITCHED_OFF)
                    .until(() -> lost.runningOf("hello").isEmpty());
            tell("machine cut off to its instances ended by itself", since(began));
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
