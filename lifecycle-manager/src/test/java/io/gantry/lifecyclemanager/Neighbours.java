package io.gantry.lifecyclemanager;

import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** Plays the services that the lifecycle manager talks with: says what they would, and hears what they would. */
@TestComponent
class Neighbours {
    static final ServiceName SERVICE = new ServiceName("web");

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    private final KafkaTemplate<String, Object> kafka;
    private final Tokens tokens;
    private final JdbcClient jdbc;
    private final List<DeployerCommand> commands = new CopyOnWriteArrayList<>();
    private final List<RecoveryEvent> events = new CopyOnWriteArrayList<>();

    Neighbours(KafkaTemplate<String, Object> kafka, Tokens tokens, JdbcClient jdbc) {
        this.kafka = kafka;
        this.tokens = tokens;
        this.jdbc = jdbc;
    }

    @KafkaListener(id = "test.commands", topics = Topics.DEPLOYER_COMMANDS)
    void hear(DeployerCommand command) {
        commands.add(command);
    }

    @KafkaListener(id = "test.recovery-events", topics = Topics.RECOVERY_EVENTS)
    void hear(RecoveryEvent event) {
        events.add(event);
    }

    List<DeployerCommand> commandsFor(AppName app) {
        return commands.stream().filter(command -> command.app().equals(app)).toList();
    }

    DeployerCommand awaitCommand(AppName app) {
        await().until(() -> !commandsFor(app).isEmpty());
        return commandsFor(app).getFirst();
    }

    RecoveryEvent awaitEvent(RecoveryRequest request) {
        await().until(() -> events.stream().anyMatch(event -> event.incident().equals(request.incident())));
        return events.stream()
                .filter(event -> event.incident().equals(request.incident()))
                .findFirst()
                .orElseThrow();
    }

    void say(RecoveryRequest request) {
        kafka.send(Topics.RECOVERY_REQUESTS, request.incident().value(), request)
                .join();
    }

    void answer(DeployerCommand command, Outcome outcome, @Nullable Failure failure) {
        ServiceState state = failure == null ? ServiceState.RUNNING : ServiceState.FAILED;
        ServiceReport report = new ServiceReport(SERVICE, 1, state, null, List.of(), failure);
        DeployerEvent.Finished finished = new DeployerEvent.Finished(
                command.token(), command.app(), Mode.REVIVE, outcome, List.of(report), Instant.EPOCH);
        kafka.send(Topics.DEPLOYER_EVENTS, command.app().value(), finished).join();
    }

    /** Does not go on before it is known. */
    InstanceId have(AppName app, ServiceName service, Kind kind) {
        return have(app, service, kind, new NodeId("local"));
    }

    InstanceId have(AppName app, ServiceName service, Kind kind, NodeId node) {
        DeploymentToken deployment = new DeploymentToken(tokens.next());
        InstanceId id = InstanceId.of(app, service, deployment, 0);
        Instance instance = new Instance(
                id,
                app,
                service,
                1,
                kind,
                "registry/x@sha256:1",
                deployment,
                node,
                "127.0.0.1",
                20_001,
                new Resources(0.5, Memory.mebibytes(256), 256),
                null,
                Instant.EPOCH,
                InstanceState.RUNNING,
                null);
        kafka.send(Topics.INSTANCES, id.value(), instance).join();
        await().until(() -> isKnown(id));
        return id;
    }

    void lose(InstanceId id) {
        kafka.send(Topics.INSTANCES, id.value(), null).join();
        await().until(() -> !isKnown(id));
    }

    private boolean isKnown(InstanceId id) {
        return jdbc.sql("select exists (select from instance where id = ?)")
                .param(id.value())
                .query(Boolean.class)
                .single();
    }
}
