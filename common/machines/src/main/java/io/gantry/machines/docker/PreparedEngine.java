package io.gantry.machines.docker;

import io.gantry.machines.Machine;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.net.URI;
import java.util.List;

/**
 * A machine's engine, ready to be used.
 *
 * @param uri for {@code common/remote}, as the user that may use the engine and nothing else
 * @param hostKey the machine's, as it was pinned
 * @param version of the engine
 */
public record PreparedEngine(URI uri, HostKey hostKey, String version, List<StepReport> steps) {
    public PreparedEngine {
        steps = List.copyOf(steps);
    }

    /** Where a machine's engine is, once it was prepared. */
    public static URI uriOf(Machine machine) {
        SshTarget login = machine.login();
        return new SshTarget(EngineUser.NAME, login.host(), login.port(), login.hostKey()).uri();
    }

    /** Whether there was anything to do. */
    public boolean changedAnything() {
        return steps.stream().anyMatch(step -> step.outcome() == Outcome.DONE);
    }
}
