package io.gantry.loadbalancer.reservation;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Placement;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.placement.Veto;
import io.gantry.loadbalancer.placement.Candidate;
import io.gantry.loadbalancer.placement.Explanation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the decision about one instance was made from. */
record PlacementDetail(
        DeploymentToken deployment,
        int version,
        Resources resources,
        Placement placement,
        Set<NodeId> avoid,
        @Nullable Candidate chosen,
        List<Candidate> candidates,
        List<Veto> vetoes) {
    static PlacementDetail of(Place place, @Nullable Candidate chosen, Explanation why) {
        return new PlacementDetail(
                place.deployment(),
                place.version(),
                place.resources(),
                place.placement(),
                place.avoid(),
                chosen,
                why.candidates(),
                why.vetoes());
    }
}
