package io.gantry.deployer.neighbour;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.app.OwnApp;
import io.gantry.messaging.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.test.context.TestComponent;

/** Asks the deployer for things, as the scheduler does, and waits for its answers; for the test's own app, unless said otherwise. */
@TestComponent
public class Requests {
    private static final Duration IN_TIME = Duration.ofMinutes(3);

    private final OwnApp app;
    private final Courier courier;
    private final Told told;
    private final Tokens tokens;
    private final InstantSource clock;

    Requests(OwnApp app, Courier courier, Told told, Tokens tokens, InstantSource clock) {
        this.app = app;
        this.courier = courier;
        this.told = told;
        this.tokens = tokens;
        this.clock = clock;
    }

    public DeploymentToken build(Release... releases) {
        return build(app.name(), releases);
    }

    public DeploymentToken build(AppName other, Release... releases) {
        return ask(new DeployerCommand.Build(token(), other, Arrays.asList(releases), soon()));
    }

    public DeploymentToken run(Release... releases) {
        return ask(new DeployerCommand.Run(token(), app.name(), Arrays.asList(releases), soon()));
    }

    public DeploymentToken buildAndRun(Release... releases) {
        return ask(new DeployerCommand.BuildAndRun(token(), app.name(), Arrays.asList(releases), soon()));
    }

    public DeploymentToken stop(ServiceName... services) {
        return ask(new DeployerCommand.Stop(token(), app.name(), Arrays.asList(services), soon()));
    }

    public DeploymentToken restart(ServiceName... services) {
        return ask(new DeployerCommand.Restart(token(), app.name(), Arrays.asList(services), soon()));
    }

    public DeploymentToken scaleUp(ServiceName service) {
        return ask(new DeployerCommand.ScaleUp(token(), app.name(), service, soon()));
    }

    public DeploymentToken scaleDown(ServiceName service) {
        return ask(new DeployerCommand.ScaleDown(token(), app.name(), service, soon()));
    }

    public DeploymentToken revive(ServiceName service, InstanceId instance) {
        return revive(service, instance, Fault.DIED);
    }

    public DeploymentToken revive(ServiceName service, InstanceId instance, Fault fault) {
        return ask(new DeployerCommand.Revive(token(), app.name(), service, instance, fault, soon()));
    }

    public void cancel(DeploymentToken token) {
        command(new DeployerCommand.Cancel(token, app.name()));
    }

    public void discard(ServiceName... services) {
        discard(app.name(), services);
    }

    public void discard(AppName other, ServiceName... services) {
        command(new DeployerCommand.Discard(token(), other, Arrays.asList(services)));
    }

    private DeploymentToken ask(DeployerCommand command) {
        command(command);
        return command.token();
    }

    public void command(DeployerCommand command) {
        courier.bring(Topics.DEPLOYER_COMMANDS, command.app().value(), command);
    }

    public DeploymentToken token() {
        return new DeploymentToken(tokens.next());
    }

    public Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(10));
    }

    public DeployerEvent.Finished answer(DeploymentToken token) {
        await().atMost(IN_TIME).until(() -> !told.answers(token).isEmpty());
        return told.answers(token).getFirst();
    }

    /** What became of the only service of a request. */
    public ServiceReport report(DeploymentToken token) {
        List<ServiceReport> services = answer(token).services();
        assertThat(services).hasSize(1);
        return services.getFirst();
    }

    /** Why the only service of a request has failed. */
    public Failure failure(DeploymentToken token) {
        ServiceReport report = report(token);
        return Objects.requireNonNull(report.failure(), () -> "No failure in " + report);
    }

    /** Does not go on before it runs. */
    public ServiceReport bringUp(Release release) {
        ServiceReport report = report(buildAndRun(release));
        assertThat(report.state()).as("%s", report).isEqualTo(ServiceState.RUNNING);
        return report;
    }
}
