package io.gantry.contract.placement;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AccessToken;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import java.util.List;

/**
 * The load-balancer's answer to one {@link PlacementRequest.Place}, with the access token of that request. Keyed by
 * deployment token.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PlacementReply.Placed.class, name = "placed"),
    @JsonSubTypes.Type(value = PlacementReply.Waiting.class, name = "waiting")
})
public sealed interface PlacementReply {
    AccessToken accessToken();

    DeploymentToken deployment();

    InstanceId instance();

    /** Run it there; the resources are reserved. */
    record Placed(AccessToken accessToken, DeploymentToken deployment, InstanceId instance, NodeId node)
            implements PlacementReply {}

    /**
     * No node fits now. Not final: {@link Placed} follows under the same access token as soon as there is room.
     *
     * @param shortfall what is missing, a sentence
     * @param vetoes why each node was refused
     */
    record Waiting(
            AccessToken accessToken,
            DeploymentToken deployment,
            InstanceId instance,
            String shortfall,
            List<Veto> vetoes)
            implements PlacementReply {}
}
