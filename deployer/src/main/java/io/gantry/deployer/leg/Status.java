package io.gantry.deployer.leg;

import io.gantry.contract.deployer.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * What outsiders are told of a stage.
 *
 * @param detail what it waits for or works on, a sentence
 */
public record Status(ServiceState state, @Nullable String detail) {
    static Status of(ServiceState state) {
        return new Status(state, null);
    }
}
