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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the deployer asks of the load-balancer. Keyed by deployment token. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PlacementRequest.Place.class, name = "place"),
    @JsonSubTypes.Type(value = PlacementRequest.Release.class, name = "release"),
    @JsonSubTypes.Type(value = PlacementRequest.Forgo.class, name = "forgo")
})
public sealed interface PlacementRequest {
    DeploymentToken deployment();

    AppName app();

    /**
     * Name a node for one instance and reserve its resources there. The same access token again gets the same node.
     *
     * @param scale how the service wants to be scaled from now on
     * @param companions every other instance of the app, of this service too, if the app has several services: all of them go
     *     to one node, as only there they reach each other; none if it has only this one
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
            List<Companion> companions,
            Set<NodeId> avoid,
            Instant deadline)
            implements PlacementRequest {
        public Place {
            companions = List.copyOf(companions);
        }

        /** Whether all of the app goes to one node. */
        public boolean accompanied() {
            return !companions.isEmpty();
        }
    }

    /**
     * An instance that needs room where the rest of its app is.
     *
     * @param labels that its node must carry
     * @param onItsWay whether a place for it is about to be asked for; else it runs, or is to run again
     */
    record Companion(
            InstanceId instance,
            ServiceName service,
            Resources resources,
            Map<String, String> labels,
            boolean onItsWay) {
        public Companion {
            labels = Map.copyOf(labels);
        }
    }

    /** The instance will not run (failed, cancelled, removed): free what was reserved for it. */
    record Release(AccessToken accessToken, DeploymentToken deployment, AppName app, InstanceId instance)
            implements PlacementRequest {}

    /** The service will ask for no more: free what was held for it as a companion, and never asked for. */
    record Forgo(DeploymentToken deployment, AppName app, ServiceName service) implements PlacementRequest {}
}
