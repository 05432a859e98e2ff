package io.gantry.loadbalancer.scaling;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Scale;
import io.gantry.loadbalancer.ServiceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a service is being scaled.
 *
 * @param replicas how many instances it is to have now
 * @param current how many it has
 * @param until when a scale by hand ends; none if there is none
 * @param scale what its manifest asks for
 * @param actions what the deployer was asked for and has not answered
 * @param problem what went wrong the last time
 * @param reason why it is as it is, a sentence
 */
record ScaleStatus(
        AppName app,
        ServiceName service,
        int replicas,
        int current,
        @Nullable Instant until,
        @Nullable Scale scale,
        List<Action> actions,
        @Nullable Setback problem,
        String reason) {
    static ScaleStatus of(ServiceId service, ScaleState state, Situation at, String reason) {
        Manual manual = state.manual();
        return new ScaleStatus(
                service.app(),
                service.service(),
                manual == null ? state.expected(at) : manual.replicas(),
                at.count(),
                manual == null ? null : manual.until(),
                at.scale(),
                state.inFlight(),
                state.setback(),
                reason);
    }
}
