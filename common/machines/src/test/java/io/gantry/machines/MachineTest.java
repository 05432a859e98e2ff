package io.gantry.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.MachineFailure.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final MachineSize SMALL = new MachineSize(1, Memory.mebibytes(1024));

    @Test
    void a_name_that_could_not_stand_in_a_host_name_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WantedMachine("$(id)", SMALL, Map.of()))
                .withMessageContaining("is no machine name");
    }

    @Test
    void a_size_that_no_machine_has_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MachineSize(0, Memory.mebibytes(1024)));
        assertThatIllegalArgumentException().isThrownBy(() -> new MachineSize(Double.NaN, Memory.mebibytes(1024)));
        assertThatIllegalArgumentException().isThrownBy(() -> new MachineSize(1, Memory.mebibytes(1)));
    }

    @Test
    void nobody_logs_in_before_a_host_key_is_pinned() {
        var machine = new Machine("one", MachineState.PROVISIONING, "10.0.0.1", null, SMALL, Map.of());
        assertThatThrownBy(machine::login)
                .isInstanceOfSatisfying(
                        MachineFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_PROVISIONED));
    }
}
