package io.gantry.loadbalancer.scaling;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.manifest.Scale;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision about the number of instances was made from.
 *
 * @param instances that run
 * @param uses of the CPU each may use: 1 is all; none where nothing fresh is known
 * @param inFlight what was in flight already
 * @param requests to the deployer that the decision is about
 */
record ScaleDetail(
        @Nullable Scale scale,
        @Nullable Manual manual,
        int instances,
        List<@Nullable Double> uses,
        Breach breach,
        List<Action> inFlight,
        @Nullable Setback setback,
        List<DeploymentToken> requests) {
    static ScaleDetail of(ScaleState state, Situation at, List<Action> actions) {
        return new ScaleDetail(
                at.scale(),
                state.manual(),
                at.count(),
                at.uses(),
                state.breach(),
                state.inFlight(),
                state.setback(),
                actions.stream().map(Action::token).toList());
    }
}
