package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a fleet.
 *
 * @param name becomes the id of its node
 * @param size none: all that the host has
 * @param address host name or IP address of a host that is there; none: the provider gives it one
 * @param ssh how a host that is there is reached the first time; none: the provider knows
 * @param azure none: it is not one of Azure's
 */
@JsonInclude(Include.NON_NULL)
public record Machine(
        String name,
        MachineRole role,
        @Nullable MachineSize size,
        Map<String, String> labels,
        @Nullable String address,
        @Nullable Ssh ssh,
        @Nullable AzureMachine azure) {
    public Machine(
            String name,
            MachineRole role,
            @Nullable MachineSize size,
            Map<String, String> labels,
            @Nullable String address,
            @Nullable Ssh ssh) {
        this(name, role, size, labels, address, ssh, null);
    }

    public Machine {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
