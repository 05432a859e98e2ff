package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest;

/**
 * An instance that is to go.
 *
 * @param access of the placement that its resources are reserved by
 * @param registered whether the service registry may know it
 */
public record Leaver(InstanceId id, NodeId node, AccessToken access, boolean registered) {
    static Leaver of(Standing standing) {
        return new Leaver(standing.id(), standing.at().node(), standing.access(), true);
    }

    Message release(LegId leg) {
        return new Message.ToLoadBalancer(new PlacementRequest.Release(access, leg.token(), leg.app(), id));
    }
}
