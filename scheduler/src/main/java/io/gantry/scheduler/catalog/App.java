package io.gantry.scheduler.catalog;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An app.
 *
 * @param removal the deployment that stops everything before the app is removed; none: the app is to stay
 */
public record App(AppName name, Instant createdAt, @Nullable DeploymentToken removal) {
    /** What users see of it. */
    public enum State {
        ACTIVE,
        DELETING
    }

    public State state() {
        return removal == null ? State.ACTIVE : State.DELETING;
    }
}
