package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operation.Kind;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveredTest {
    private static final Seen SEEN = new Seen(Map.of(
            "vm-1",
            new SeenMachine(
                    "vm-1",
                    Power.ON,
                    true,
                    new Sight.Running(
                            Map.of(
                                    "scheduler", new SeenService("1", true, true, Instant.EPOCH),
                                    "deployer", new SeenService("1", true, false, Instant.EPOCH)),
                            0)),
            "vm-2",
            new SeenMachine("vm-2", Power.ON, true, new Sight.Silent("vm-2 does not answer", false, false))));

    @ParameterizedTest
    @CsvSource({
        "RECOVER_MACHINE, vm-1, 0, true",
        "RECOVER_MACHINE, vm-1, 299, true",
        "RECOVER_MACHINE, vm-1, 300, false",
        "RECOVER_MACHINE, vm-2, 0, false",
        "RECOVER_MACHINE, vm-3, 0, false",
        "RECOVER_REPLICA, scheduler@vm-1, 0, false",
        "RESTART_MACHINE, vm-1, 0, false"
    })
    void what_was_switched_on_and_was_not_up_since_may_be_coming(Kind kind, String what, long second, boolean coming) {
        List<KnownMachine> known = List.of(known("vm-1", Instant.EPOCH), known("vm-2", null));
        assertThat(Recovered.isComing(
                        operation(kind, what), known, Instant.EPOCH.plusSeconds(second), Duration.ofMinutes(5)))
                .isEqualTo(coming);
    }

    private static KnownMachine known(String name, @Nullable Instant bootsSince) {
        return new KnownMachine(
                name, null, null, null, null, null, null, null, null, null, false, bootsSince, null, null, null);
    }

    private static Operation operation(Kind kind, String what) {
        return Operation.begin(
                new DeploymentToken("aaaaaaaaaaaaaaaa"), kind, what, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "RECOVER_MACHINE, vm-1, true",
        "RECOVER_MACHINE, vm-2, false",
        "RECOVER_MACHINE, vm-3, false",
        "RECOVER_REPLICA, scheduler@vm-1, true",
        "RECOVER_REPLICA, deployer@vm-1, false",
        "RECOVER_REPLICA, monitoring@vm-1, false",
        "RECOVER_REPLICA, scheduler@vm-2, false",
        "RESTART_MACHINE, vm-1, false",
        "RESTART_PLATFORM_SERVICE, scheduler, false"
    })
    void only_what_monitoring_found_down_can_be_back_already(Kind kind, String what, boolean back) {
        assertThat(Recovered.isBack(operation(kind, what), SEEN)).isEqualTo(back);
    }
}
