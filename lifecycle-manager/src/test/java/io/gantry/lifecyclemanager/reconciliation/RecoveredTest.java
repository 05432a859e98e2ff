package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operation.Kind;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.time.Instant;
import java.util.Map;
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
        Operation operation = Operation.begin(
                new DeploymentToken("aaaaaaaaaaaaaaaa"), kind, what, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
        assertThat(Recovered.isBack(operation, SEEN)).isEqualTo(back);
    }
}
