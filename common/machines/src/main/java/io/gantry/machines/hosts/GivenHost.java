package io.gantry.machines.hosts;

import io.gantry.machines.WantedMachine;
import io.gantry.remote.HostKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A host that its owner gives to a fleet.
 *
 * @param machine what it is to be called, how large it is, its labels
 * @param user one there who is root or may become it without a password
 * @param privateKey that opens the host to that user
 * @param hostKey to know it by; null: the one that it shows when it is taken into the fleet
 */
public record GivenHost(
        WantedMachine machine,
        String user,
        String address,
        int port,
        Path privateKey,
        @Nullable HostKey hostKey) {
    String name() {
        return machine.name();
    }
}
