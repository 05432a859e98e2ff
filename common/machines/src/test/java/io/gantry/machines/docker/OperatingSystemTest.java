package io.gantry.machines.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import org.junit.jupiter.api.Test;

class OperatingSystemTest {
    @Test
    void debian_and_ubuntu_are_known() {
        var debian = OperatingSystem.parse("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");
        assertThat(debian).isEqualTo(new OperatingSystem("debian", "Debian GNU/Linux 12 (bookworm)"));
        debian.requireSupported("one");
        OperatingSystem.parse("NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n").requireSupported("one");
    }

    @Test
    void another_one_is_refused_by_its_name() {
        assertThatThrownBy(() -> OperatingSystem.parse("ID='alpine'\nPRETTY_NAME=\"Alpine Linux v3.20\"")
                        .requireSupported("one"))
                .isInstanceOfSatisfying(
                        MachineFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.SYSTEM_NOT_SUPPORTED))
                .hasMessageStartingWith("one runs Alpine Linux v3.20; Gantry prepares Debian and Ubuntu");
    }

    @Test
    void one_that_does_not_say_what_it_is_is_refused() {
        assertThatThrownBy(() -> OperatingSystem.parse("").requireSupported("one"))
                .hasMessageStartingWith("one runs unknown");
    }
}
