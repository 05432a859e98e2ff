package io.gantry.loadbalancer.scaling;

import io.gantry.contract.DeploymentToken;
import java.time.Instant;

/**
 * One instance more or fewer that the deployer was asked for and has not answered yet.
 *
 * @param cancelled whether it was told since to leave it
 */
record Action(DeploymentToken token, Direction direction, Instant since, Instant deadline, boolean cancelled) {
    Action takenBack() {
        return new Action(token, direction, since, deadline, true);
    }
}
