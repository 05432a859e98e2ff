package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to the deployer, and what has become of it.
 *
 * @param request what a developer asked for; none where the platform itself asked
 * @param traceId the trace that shows what came of it, 32 hexadecimal digits; none where nothing is traced
 * @param revision counts the changes of its progress
 */
public record Deployment(
        DeploymentToken token,
        AppName app,
        Mode mode,
        Instant requestedAt,
        Instant deadline,
        @Nullable DeploymentRequest request,
        @Nullable Instant cancelledAt,
        @Nullable String traceId,
        Progress progress,
        long revision) {
    public boolean isOver() {
        return progress.state().isFinal();
    }

    Deployment with(Progress next) {
        return new Deployment(
                token, app, mode, requestedAt, deadline, request, cancelledAt, traceId, next, revision + 1);
    }

    /** What its watchers watch. */
    static String subject(DeploymentToken token) {
        return "deployment/" + token;
    }
}
