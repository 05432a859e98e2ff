package io.gantry.scheduler.deployment;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.scheduler.live.Changes;
import io.gantry.scheduler.live.Watch;
import io.gantry.scheduler.live.Watch.Woken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** A build's lines and its end come by different ways, so the last lines may come a little after the end. */
@Component
class LastLines {
    /** A builder that died has not said which line was its last. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Deployments deployments;
    private final BuildLogs logs;
    private final Changes changes;
    private final InstantSource clock;

    LastLines(Deployments deployments, BuildLogs logs, Changes changes, InstantSource clock) {
        this.deployments = deployments;
        this.logs = logs;
        this.changes = changes;
        this.clock = clock;
    }

    /** Whether a build has ended just now whose last line is not there. */
    boolean areMissing(DeploymentToken token, ServiceName service) {
        return !logs.isComplete(token, service)
                && deployments
                        .require(token)
                        .progress()
                        .endOfBuild(service)
                        .filter(end -> clock.instant().isBefore(end.plus(LONGEST)))
                        .isPresent();
    }

    /** Does not go on before they are there, unless that takes too long. */
    void await(DeploymentToken token, ServiceName service) throws InterruptedException {
        try (Watch watch = changes.watch(List.of(BuildLogs.subject(token, service)))) {
            Woken woken = Woken.CHANGED;
            while (woken == Woken.CHANGED && areMissing(token, service)) {
                woken = watch.await(LONGEST);
            }
        }
    }
}
