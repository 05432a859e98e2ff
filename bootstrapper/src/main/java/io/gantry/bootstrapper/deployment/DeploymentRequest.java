package io.gantry.bootstrapper.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.contract.deployer.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler is asked for.
 *
 * @param services empty: all of the app
 */
record DeploymentRequest(
        Mode mode,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Service> services) {
    /** @param version none: the newest */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Service(String name, @Nullable Integer version) {}
}
