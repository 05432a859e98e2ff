package io.gantry.contract.placement;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Placement;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.manifest.Scale;
import java.time.Instant;
import java.util.Set;

/** What the deployer asks of the load-balancer. Keyed by deployment token. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PlacementRequest.Place.class, name = "place"),
    @JsonSubTypes.Type(value = PlacementRequest.Release.class, name = "release")
})
public sealed interface PlacementRequest {
    AccessToken accessToken();

    DeploymentToken deployment();

    AppName app();

    InstanceId instance();

    /**
     * Name a node for one instance and reserve its resources there. The same access token again gets the same node.
     *
     * @param scale how the service wants to be scaled from now on
     * @param accompanied whether the app has other services: all of them go to one node, as only there they reach each other
     * @param avoid nodes that just failed this instance: named again only if no other fits
     * @param deadline after which nobody waits for the answer
     */
    record Place(
            AccessToken accessToken,
            DeploymentToken deployment,
            AppName app,
            ServiceName service,
            int version,
            InstanceId instance,
            Resources resources,
            Placement placement,
            Scale scale,
            boolean accompanied,
            Set<NodeId> avoid,
            Instant deadline)
            implements PlacementRequest {}

    /** The instance will not run (failed, cancelled, removed): free what was reserved for it. */
    record Release(AccessToken accessToken, DeploymentToken deployment, AppName app, InstanceId instance)
            implements PlacementRequest {}
}
