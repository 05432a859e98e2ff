package io.gantry.machines.docker;

import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineShell;
import io.gantry.remote.Executed;
import java.time.Duration;

/** The settings file of a machine's engine. */
final class EngineSettings {
    private static final String FILE = "/etc/docker/daemon.json";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String READ = """
            if [ -e "$1" ]; then cat "$1"; fi""";
    private static final String WRITE = """
            set -e
            mkdir -p "$(dirname "$1")"
            printf %s "$2" > "$1.new"
            mv "$1.new" "$1\"""";

    private final DaemonSettings wanted;

    EngineSettings(PreparationSettings settings) {
        this.wanted = new DaemonSettings(settings);
    }

    Outcome ensure(MachineShell shell) {
        String present = read(shell);
        try {
            String completed = wanted.completed(present);
            return completed == null ? Outcome.ALREADY_THERE : write(shell, completed);
        } catch (IllegalArgumentException unreadable) {
            throw new MachineFailure(
                    Reason.COMMAND_FAILED,
                    "%s on %s holds %s. Mend it or remove it, then prepare again."
                            .formatted(FILE, shell.machine(), unreadable.getMessage()),
                    unreadable);
        }
    }

    private static String read(MachineShell shell) {
        Executed executed = shell.look(READ, FILE);
        if (!executed.succeeded()) {
            throw shell.failed("read " + FILE, executed);
        }
        return executed.out();
    }

    private static Outcome write(MachineShell shell, String completed) {
        shell.act("write " + FILE, SOON, WRITE, FILE, completed);
        return Outcome.DONE;
    }
}
