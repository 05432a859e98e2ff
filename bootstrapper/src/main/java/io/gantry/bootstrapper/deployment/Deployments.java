package io.gantry.bootstrapper.deployment;

import static io.gantry.bootstrapper.platform.PlatformService.SCHEDULER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Asks the scheduler for deployments, and follows them where that is wanted. */
final class Deployments {
    private final Session session;

    Deployments(Session session) {
        this.session = session;
    }

    static Route route(String token) {
        return Route.to(SCHEDULER, "deployments", token);
    }

    static Route of(String app) {
        return Route.to(SCHEDULER, "apps", app, "deployments");
    }

    /** Past their deadline, and not over. */
    static Route stuck() {
        return Route.to(SCHEDULER, "deployments").with("stuck", true);
    }

    JsonNode request(String app, Mode mode, List<DeploymentRequest.Service> services) {
        return session.platform().post(of(app), new DeploymentRequest(mode, services));
    }

    /** @return the exit code */
    int request(String app, Mode mode, List<DeploymentRequest.Service> services, WaitOptions wait)
            throws InterruptedException {
        JsonNode accepted = request(app, mode, services);
        return followIfWanted(token(accepted), accepted, wait);
    }

    /** @return the exit code */
    int followIfWanted(String token, JsonNode answer, WaitOptions wait) throws InterruptedException {
        return wait.wanted() ? follow(token, wait) : leave(token, answer);
    }

    /** @return the exit code */
    int follow(String token, WaitOptions wait) throws InterruptedException {
        JsonNode answer = new Following(session, wait).untilItEnds(token);
        Deployment ended = session.read(answer, Deployment.class);
        new Ending(session).tell(ended);
        session.show(answer, Deployment.class, _ -> Ending.results(ended).forEach(session.terminal()::data));
        return Ending.exitCode(ended).number();
    }

    static String token(JsonNode deployment) {
        return deployment.path("token").asString();
    }

    private int leave(String token, JsonNode answer) {
        session.terminal().say("Accepted. Follow it with: gantry deployment %s --wait".formatted(token));
        session.terminal().data(session.json() ? answer.toPrettyString() : token);
        return ExitCode.OK.number();
    }
}
