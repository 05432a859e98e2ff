package io.gantry.machines;

import io.gantry.remote.SshTarget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as its provider knows it.
 *
 * @param address where the other machines of the fleet reach it; it keeps it for life
 * @param ssh whom to be there at first, and the host key that was pinned; null until it is provisioned
 * @param sizeName its provider's name for its size; none: it has no names for sizes, or the machine is on its way from one to another
 */
public record Machine(
        String name,
        MachineState state,
        String address,
        @Nullable SshTarget ssh,
        MachineSize size,
        @Nullable String sizeName,
        Map<String, String> labels) {
    public Machine(
            String name,
            MachineState state,
            String address,
            @Nullable SshTarget ssh,
            MachineSize size,
            Map<String, String> labels) {
        this(name, state, address, ssh, size, null, labels);
    }

    public Machine {
        labels = Map.copyOf(labels);
    }

    /** @throws MachineFailure while it is being provisioned */
    public SshTarget login() {
        if (ssh == null) {
            throw new MachineFailure(
                    MachineFailure.Reason.NOT_PROVISIONED,
                    "The machine %s is not provisioned yet: no host key is pinned. Create it again.".formatted(name));
        }
        return ssh;
    }
}
