package io.gantry.machines;

import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.util.Optional;

/**
 * Where the host keys of a fleet's machines are written down when those are provisioned. A machine that stands there is
 * known; a key that stands there is not changed.
 */
public interface HostKeyPins {
    Optional<HostKey> of(String machine);

    /** @throws MachineFailure {@code HOST_KEY_CHANGED} if it is known by another key */
    void pin(String machine, SshTarget target);

    void forget(String machine);
}
