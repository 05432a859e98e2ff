package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.InstanceAddress;
import java.time.Instant;

/**
 * An instance that a leg brought up and none has retired.
 *
 * @param access of the placement that its resources are reserved by
 * @param alive false once the node-manager has seen it end
 */
public record Standing(InstanceAddress at, int version, AccessToken access, Instant startedAt, boolean alive) {
    public InstanceId id() {
        return at.id();
    }

    /** Whether anybody may be calling it. */
    boolean serves() {
        return alive && at.port() != null;
    }
}
