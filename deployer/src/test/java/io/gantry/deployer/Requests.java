package io.gantry.deployer;

import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.messaging.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Asks the deployer for things, and waits for its answers. */
@TestComponent
public class Requests {
    private static final Duration IN_TIME = Duration.ofMinutes(3);

    private final Neighbours neighbours;
    private final Tokens tokens;
    private final InstantSource clock;

    Requests(Neighbours neighbours, Tokens tokens, InstantSource clock) {
        this.neighbours = neighbours;
        this.tokens = tokens;
        this.clock = clock;
    }

    public DeploymentToken build(AppName app, Release... releases) {
        return ask(new DeployerCommand.Build(token(), app, Arrays.asList(releases), soon()));
    }

    public DeploymentToken run(AppName app, Release... releases) {
        return ask(new DeployerCommand.Run(token(), app, Arrays.asList(releases), soon()));
    }

    public DeploymentToken buildAndRun(AppName app, Release... releases) {
        return ask(new DeployerCommand.BuildAndRun(token(), app, Arrays.asList(releases), soon()));
    }

    public DeploymentToken stop(AppName app, ServiceName... services) {
        return ask(new DeployerCommand.Stop(token(), app, Arrays.asList(services), soon()));
    }

    public DeploymentToken restart(AppName app, ServiceName... services) {
        return ask(new DeployerCommand.Restart(token(), app, Arrays.asList(services), soon()));
    }

    public DeploymentToken scaleUp(AppName app, ServiceName service) {
        return ask(new DeployerCommand.ScaleUp(token(), app, service, soon()));
    }

    public DeploymentToken scaleDown(AppName app, ServiceName service) {
        return ask(new DeployerCommand.ScaleDown(token(), app, service, soon()));
    }

    public void cancel(AppName app, DeploymentToken token) {
        neighbours.command(new DeployerCommand.Cancel(token, app));
    }

    public void discard(AppName app, ServiceName... services) {
        neighbours.command(new DeployerCommand.Discard(token(), app, Arrays.asList(services)));
    }

    public DeploymentToken token() {
        return new DeploymentToken(tokens.next());
    }

    public Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(10));
    }

    public DeployerEvent.Finished answer(DeploymentToken token) {
        await().atMost(IN_TIME).until(() -> !neighbours.answers(token).isEmpty());
        return neighbours.answers(token).getFirst();
    }

    /** What became of the only service of a request. */
    public ServiceReport report(DeploymentToken token) {
        List<ServiceReport> services = answer(token).services();
        if (services.size() != 1) {
            throw new AssertionError("Not one service: " + services);
        }
        return services.getFirst();
    }

    private DeploymentToken ask(DeployerCommand command) {
        neighbours.command(command);
        return command.token();
    }
}
