package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gantry deployment}. */
@Command(
        name = "deployment",
        description = {
            "Show one deployment: when each step began, how long it took, who did it at which try; and how it ended.",
            "With --wait: follow it."
        })
public final class DeploymentCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = "The deployment, as gantry deployments lists it.")
    private String token = "";

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public DeploymentCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        return wait.wanted()
                ? new Deployments(session).follow(token, wait)
                : session.show(session.platform().get(Deployments.route(token)), Deployment.class, this::tell);
    }

    private void tell(Deployment deployment) {
        Terminal terminal = session.terminal();
        terminal.data("%s %s %s, asked for %s ago"
                .formatted(
                        deployment.app(),
                        deployment.mode(),
                        deployment.state(),
                        session.age(deployment.requestedAt())));
        var timeline = new Timeline(deployment, session.now());
        timeline.table().lines().forEach(terminal::data);
        timeline.waits().forEach(terminal::data);
        if (deployment.traceId() != null) {
            terminal.data("trace: " + deployment.traceId());
        }
        new Ending(session).tellFailures(deployment);
        Ending.results(deployment).forEach(terminal::data);
    }
}
