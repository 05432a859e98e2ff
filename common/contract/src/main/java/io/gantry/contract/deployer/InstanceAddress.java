package io.gantry.contract.deployer;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Where one instance is reached.
 *
 * @param address host name or IP address of its node
 * @param port on the node; none for a service that listens on no port
 */
public record InstanceAddress(
        InstanceId id,
        NodeId node,
        String address,
        @Nullable Integer port) {}
