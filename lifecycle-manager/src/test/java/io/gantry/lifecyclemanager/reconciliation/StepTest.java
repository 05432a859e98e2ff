package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTest {
    @ParameterizedTest
    @CsvSource({
        "create, prepare, true",
        "create, restart, true",
        "create, create, false",
        "delete, create, true",
        "delete, delete, false",
        "start, prepare, true",
        "start, ensure, true",
        "start, restart, false",
        "start, start, false",
        "restart, prepare, true",
        "restart, start, false",
        "restart, restart, false",
        "create, resize, false",
        "delete, resize, false",
        "start, resize, false",
        "restart, resize, false",
        "resize, prepare, false",
        "prepare, ensure, false",
        "ensure, start, false"
    })
    void what_is_under_way_ends_for_the_machines_power_unless_it_is_about_that_itself(
            String step, String underWay, boolean ends) {
        assertThat(step(step).voids(step(underWay))).isEqualTo(ends);
    }

    private static Step step(String what) {
        return switch (what) {
            case "create" -> new Step.CreateMachine("vm-1");
            case "start" -> new Step.StartMachine("vm-1");
            case "delete" -> new Step.DeleteMachine("vm-1");
            case "restart" -> new Step.RestartMachine("vm-1");
            case "resize" -> new Step.ResizeMachine("vm-1");
            case "prepare" -> new Step.PrepareDocker("vm-1");
            default -> new Step.EnsureService("scheduler", "vm-1");
        };
    }
}
