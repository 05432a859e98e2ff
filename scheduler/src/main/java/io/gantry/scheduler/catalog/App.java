package io.gantry.scheduler.catalog;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

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

    /** @throws ProblemException 409 if it is being removed */
    public void requireToStay() {
        if (state() == State.DELETING) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "APP_IS_BEING_DELETED",
                    "The app \"%s\" is being deleted; deployment %s has to end first.".formatted(name, removal));
        }
    }
}
