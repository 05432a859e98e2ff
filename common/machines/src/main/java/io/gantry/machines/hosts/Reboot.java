package io.gantry.machines.hosts;

import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineShell;
import java.time.Duration;
import java.util.Optional;

/** A machine's reboot: asked for, and known by what only a boot changes. */
final class Reboot {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The kernel's own mark of a boot; and, where machines share a kernel, when the first process began. */
    private static final String MARK =
            "cat /proc/sys/kernel/random/boot_id && sed 's/.*) //' /proc/1/stat | cut -d' ' -f20";

    private Reboot() {}

    /** What is another one after each boot. */
    static String mark(MachineShell shell) {
        return shell.act("say when it was booted", SOON, MARK).out();
    }

    /** The session may end before the answer has come. */
    static void ask(MachineShell shell) {
        try {
            shell.act("reboot", SOON, "reboot");
        } catch (MachineFailure cut) {
            if (cut.reason() != Reason.NO_ANSWER) {
                throw cut;
            }
        }
    }

    /** @return empty while it is on its way down or up */
    static Optional<String> markAfter(MachineShell shell, String before) {
        try {
            return Optional.of(mark(shell)).filter(now -> !now.equals(before));
        } catch (MachineFailure away) {
            if (!away.reason().mendsItself()) {
                throw away;
            }
            return Optional.empty();
        }
    }
}
