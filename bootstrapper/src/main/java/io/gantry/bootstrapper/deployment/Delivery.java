package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.bundle.Source;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Brings an app to life and stops it again, for verbs that do more than that. */
public final class Delivery {
    private final Session session;
    private final Deployments deployments;

    public Delivery(Session session) {
        this.session = session;
        this.deployments = new Deployments(session);
    }

    /** @return where it is reached; none for an app that nobody can reach from outside */
    public Optional<String> deploy(String app, List<Source> sources) throws IOException, InterruptedException {
        Deployment ended = follow(app, Mode.BUILD_AND_RUN, new Uploads(session, app).all(sources));
        return Optional.ofNullable(ended.url());
    }

    public void stop(String app) throws InterruptedException {
        follow(app, Mode.STOP, List.of());
    }

    private Deployment follow(String app, Mode mode, List<DeploymentRequest.Service> services)
            throws InterruptedException {
        String token = Deployments.token(deployments.request(app, mode, services));
        Deployment ended = session.read(new Following(session, new WaitOptions()).untilItEnds(token), Deployment.class);
        new Ending(session).tell(ended);
        if (Ending.exitCode(ended) != ExitCode.OK) {
            throw new GaveUpException(
                    Ending.exitCode(ended), "Deployment %s did not succeed".formatted(token), "See above.");
        }
        return ended;
    }
}
