package io.gantry.machines;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.machines.MachineFailure.Reason;
import io.gantry.remote.Executed;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MachineShellTest {
    private final MachineShell shell = new MachineShell(
            "one", new SshTarget("ops", "10.0.0.1", 22, new HostKey("ssh-ed25519", "AAAA")), Path.of("id_ed25519"));

    @Test
    void a_command_that_failed_is_told_by_its_last_words() {
        var failure = shell.failed("install Docker", new Executed(100, "", "1\n2\n3\n4\n5\nE: no such package\n"));
        assertThat(failure.reason()).isEqualTo(Reason.COMMAND_FAILED);
        assertThat(failure)
                .hasMessage("one could not install Docker (exit code 100): 2 / 3 / 4 / 5 / E: no such package");
    }

    @Test
    void a_full_disk_is_told_apart() {
        var failure = shell.failed("install Docker", new Executed(100, "", "write error (No space left on device)"));
        assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(failure).hasMessageEndingWith("Free some space there, or give it a larger disk.");
    }

    @Test
    void what_a_command_said_elsewhere_is_told_where_it_has_no_error() {
        assertThat(shell.failed("start", new Executed(1, "out", "")))
                .hasMessage("one could not start (exit code 1): out");
    }
}
