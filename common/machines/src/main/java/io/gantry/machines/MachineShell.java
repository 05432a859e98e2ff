package io.gantry.machines;

import io.gantry.machines.MachineFailure.Reason;
import io.gantry.remote.Executed;
import io.gantry.remote.ShellCommand;
import io.gantry.remote.SshSession;
import io.gantry.remote.SshTarget;
import io.gantry.remote.Unreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** Commands on one machine, as root there. What stands in the way becomes a {@link MachineFailure}. */
public final class MachineShell implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern FULL = Pattern.compile("(?i)no space left on device|not enough free space");
    private static final int LAST_LINES = 5;

    private final String machine;
    private final SshSession session;

    /** @param privateKey that lets us in; connected when first used */
    public MachineShell(String machine, SshTarget target, Path privateKey) {
        this.machine = machine;
        this.session = new SshSession(target, privateKey);
    }

    public static MachineShell of(Machine machine, Path privateKey) {
        return new MachineShell(machine.name(), machine.login(), privateKey);
    }

    public String machine() {
        return machine;
    }

    /** Who we are there. */
    public String user() {
        return session.target().user();
    }

    /** Whether somebody lets us in; says so by returning. */
    public void knock() {
        as(ShellCommand.of("true"), SOON);
    }

    /** Whether a script, short and without effects, ends well. */
    public boolean finds(String script, String... arguments) {
        return look(script, arguments).succeeded();
    }

    /** What a script, short and without effects, says, however it ends. Its arguments are {@code $1} and so on. */
    public Executed look(String script, String... arguments) {
        return asRoot(script(script, arguments), SOON);
    }

    /**
     * Runs a script to its end.
     *
     * @param what the sentence's end when it fails: "The machine could not ..."
     */
    public Executed act(String what, Duration limit, String script, String... arguments) {
        Executed executed = asRoot(script(script, arguments), limit);
        if (!executed.succeeded()) {
            throw failed(what, executed);
        }
        return executed;
    }

    /** What is wrong with a command that failed. */
    public MachineFailure failed(String what, Executed executed) {
        String said = lastLinesOf(executed.err().isBlank() ? executed.out() : executed.err());
        if (FULL.matcher(executed.err() + executed.out()).find()) {
            return new MachineFailure(
                    Reason.DISK_FULL,
                    "%s could not %s, its disk is full: %s. Free some space there, or give it a larger disk."
                            .formatted(machine, what, said));
        }
        return new MachineFailure(
                Reason.COMMAND_FAILED,
                "%s could not %s (exit code %d): %s".formatted(machine, what, executed.exitCode(), said));
    }

    private static ShellCommand script(String script, String... arguments) {
        return ShellCommand.of("sh", "-c", script, "sh").with(arguments);
    }

    private Executed asRoot(ShellCommand command, Duration limit) {
        if (session.target().user().equals("root")) {
            return as(command, limit);
        }
        Executed executed = as(ShellCommand.of("sudo", "-n", "--").with(command), limit);
        if (!executed.succeeded() && executed.err().startsWith("sudo: ")) {
            throw new MachineFailure(
                    Reason.NOT_ROOT,
                    "%s may not become root on %s (%s). Allow it sudo without a password there."
                            .formatted(session.target(), machine, lastLinesOf(executed.err())));
        }
        return executed;
    }

    private Executed as(ShellCommand command, Duration limit) {
        try {
            return session.run(command, limit);
        } catch (Unreachable failure) {
            throw MachineFailure.of(machine, failure);
        }
    }

    private static String lastLinesOf(String text) {
        var lines = text.strip().lines().map(String::strip).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public void close() {
        session.close();
    }
}
