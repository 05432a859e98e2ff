package io.gantry.deployer.request;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.manifest.Kind;
import io.gantry.deployer.ledger.Instances;
import io.gantry.deployer.leg.Ended;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Answers a request when the last of its legs has ended, once. */
@Component
class Conclusion {
    private final RequestTable requests;
    private final LegTable legs;
    private final Instances instances;
    private final Post post;
    private final InstantSource clock;

    Conclusion(RequestTable requests, LegTable legs, Instances instances, Post post, InstantSource clock) {
        this.requests = requests;
        this.legs = legs;
        this.instances = instances;
        this.post = post;
        this.clock = clock;
    }

    /** Two legs may end at the same time; the request's row is locked, so that the later one sees both. */
    void drawIfDone(DeploymentToken token) {
        requests.lockUnfinished(token).ifPresent(request -> {
            List<Leg> all = legs.of(token);
            if (all.stream().allMatch(leg -> leg.stage() instanceof Ended)) {
                finish(token, request, all);
            }
        });
    }

    boolean isDrawn(DeploymentToken token) {
        return requests.isFinished(token);
    }

    private void finish(DeploymentToken token, RequestTable.Unfinished request, List<Leg> all) {
        Instant now = clock.instant();
        Outcome outcome = outcome(all);
        requests.finish(token, outcome, now);
        post.tell(new DeployerEvent.Finished(
                token,
                request.app(),
                request.mode(),
                outcome,
                all.stream().map(this::report).toList(),
                now));
    }

    /** Of several reasons the gravest is told: a failure before a deadline before a cancel. */
    static Outcome outcome(List<Leg> all) {
        Set<ServiceState> states =
                all.stream().map(leg -> leg.stage().status().state()).collect(Collectors.toSet());
        if (states.contains(ServiceState.FAILED)) {
            return Outcome.FAILED;
        }
        if (states.contains(ServiceState.TIMED_OUT)) {
            return Outcome.TIMED_OUT;
        }
        return states.contains(ServiceState.CANCELLED) ? Outcome.CANCELLED : Outcome.SUCCEEDED;
    }

    private ServiceReport report(Leg leg) {
        Ended end = (Ended) leg.stage();
        return new ServiceReport(
                leg.id().service(),
                leg.version(),
                end.state(),
                end.image() == null ? null : end.image().reference(),
                serving(leg, end),
                end.failure());
    }

    /** A job that ran to its end serves no longer. */
    private List<InstanceAddress> serving(Leg leg, Ended end) {
        if (end.image() != null && end.image().manifest().kind() == Kind.JOB) {
            return List.of();
        }
        return instances.standing(leg.id().app(), leg.id().service()).stream()
                .filter(Standing::alive)
                .map(Standing::at)
                .toList();
    }
}
