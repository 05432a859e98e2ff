package io.gantry.machines.platform;

import io.gantry.remote.HostKey;
import java.net.URI;

/**
 * Where a machine is reached.
 *
 * @param address for its platform services
 * @param engine its Docker Engine, {@code ssh://gantry@10.0.0.4:22}
 * @param hostKey pinned at provisioning
 */
public record MachineAddress(String address, URI engine, HostKey hostKey) {}
