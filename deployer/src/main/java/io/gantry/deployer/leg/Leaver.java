package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.placement.PlacementRequest;
import org.jspecify.annotations.Nullable;

/**
 * An instance that is to go.
 *
 * @param access of the placement that its resources are reserved by
 * @param registered whether the service registry may know it
 * @param drain how long it goes on serving once the registry has forgotten it; none: no time at all
 */
public record Leaver(
        InstanceId id,
        NodeId node,
        AccessToken access,
        boolean registered,
        @Nullable TimeSpan drain) {
    static Leaver of(InstanceId id, NodeId node, AccessToken access, boolean registered) {
        return new Leaver(id, node, access, registered, null);
    }

    static Leaver of(Standing standing) {
        return of(standing.id(), standing.at().node(), standing.access(), true);
    }

    /** Others serve in its place: who holds its address has time to learn of theirs. */
    static Leaver outOf(Image image, Standing standing) {
        return standing.serves() ? of(standing).draining(image) : of(standing);
    }

    Leaver draining(Image image) {
        return new Leaver(id, node, access, registered, image.manifest().stop().drain());
    }

    Message release(LegId leg) {
        return new Message.ToLoadBalancer(new PlacementRequest.Release(access, leg.token(), leg.app(), id));
    }
}
