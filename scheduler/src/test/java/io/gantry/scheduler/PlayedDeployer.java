package io.gantry.scheduler;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Stands at the other end of the topics: hears what is asked of the deployer, and says what a test wants it to say. */
public class PlayedDeployer {
    private final List<DeployerCommand> commands = new CopyOnWriteArrayList<>();
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PlayedDeployer(Outbox outbox, TransactionTemplate transaction, InstantSource clock) {
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    @KafkaListener(id = "played.deployer", topics = Topics.DEPLOYER_COMMANDS)
    void on(DeployerCommand command) {
        commands.add(command);
    }

    /** Everything heard under a token so far. */
    public List<DeployerCommand> heard(DeploymentToken token) {
        return commands.stream()
                .filter(command -> command.token().equals(token))
                .toList();
    }

    /** Everything heard for an app so far. */
    public List<DeployerCommand> heard(AppName app) {
        return commands.stream().filter(command -> command.app().equals(app)).toList();
    }

    public DeployerCommand await(DeploymentToken token) {
        return org.awaitility.Awaitility.await()
                .until(() -> heard(token), heard -> !heard.isEmpty())
                .getFirst();
    }

    public void accept(AppName app, DeploymentToken token, Mode mode) {
        say(new DeployerEvent.Accepted(token, app, mode, now()));
    }

    public void advance(
            AppName app, DeploymentToken token, ServiceName service, ServiceState state, @Nullable String detail) {
        say(new DeployerEvent.ServiceAdvanced(token, app, service, 1, state, detail, 1, "deployer", now()));
    }

    public void finish(AppName app, DeploymentToken token, Mode mode, Outcome outcome, ServiceReport... reports) {
        say(new DeployerEvent.Finished(token, app, mode, outcome, List.of(reports), now()));
    }

    public void log(BuildLog log) {
        transaction.executeWithoutResult(
                _ -> outbox.send(Topics.BUILD_LOGS, log.token().value(), log));
    }

    public void say(DeployerEvent event) {
        transaction.executeWithoutResult(
                _ -> outbox.send(Topics.DEPLOYER_EVENTS, event.app().value(), event));
    }

    public static ServiceReport running(AppName app, ServiceName service, DeploymentToken token, int port) {
        InstanceAddress instance =
                new InstanceAddress(InstanceId.of(app, service, token, 0), new NodeId("local"), "127.0.0.1", port);
        return new ServiceReport(service, 1, ServiceState.RUNNING, "registry/x@sha256:1", List.of(instance), null);
    }

    private Instant now() {
        return clock.instant();
    }
}
