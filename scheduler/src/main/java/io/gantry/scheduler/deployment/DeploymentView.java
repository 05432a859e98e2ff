package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment, as users see it.
 *
 * @param finishedAt none until the end
 * @param traceId of the trace that shows all that came of it; none where nothing is traced
 * @param url where the app is reached; none if this deployment did not bring it up
 */
record DeploymentView(
        DeploymentToken token,
        AppName app,
        Mode mode,
        DeploymentState state,
        Instant requestedAt,
        Instant deadline,
        @Nullable Instant finishedAt,
        @Nullable String traceId,
        @Nullable URI url,
        List<ServiceProgress> services,
        List<Step> steps) {
    static DeploymentView of(Deployment deployment, @Nullable URI url) {
        Progress progress = deployment.progress();
        return new DeploymentView(
                deployment.token(),
                deployment.app(),
                deployment.mode(),
                progress.state(),
                deployment.requestedAt(),
                deployment.deadline(),
                progress.finishedAt(),
                deployment.traceId(),
                url,
                progress.services(),
                progress.steps());
    }
}
