package io.gantry.monitoring;

import static io.gantry.testkit.Patience.await;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Node;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.Silence;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** Plays the services that monitoring talks with: says what they would, and hears what they would. */
@TestComponent
public class Neighbours {
    private static final AppName APP = new AppName("shop");
    private static final ServiceName SERVICE = new ServiceName("web");
    private static final DeploymentToken DEPLOYMENT = new DeploymentToken("aaaaaaaaaaaaaaaa");

    private final KafkaTemplate<String, Object> kafka;
    private final JdbcClient jdbc;
    private final Webhook webhook;
    private final Silence silence;
    public final List<RecoveryRequest> requests = new CopyOnWriteArrayList<>();

    Neighbours(KafkaTemplate<String, Object> kafka, JdbcClient jdbc, Webhook webhook, Silence silence) {
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.webhook = webhook;
        this.silence = silence;
    }

    @KafkaListener(id = "test.requests", topics = Topics.RECOVERY_REQUESTS)
    void hear(RecoveryRequest request) {
        requests.add(request);
    }

    /** Nothing runs, nothing is down. */
    public void startOver() {
        silence.await();
        List.of("unit", "node", "incident", "meltdown", "alert", "scheduled_tasks")
                .forEach(table -> jdbc.sql("delete from " + table).update());
        requests.clear();
        webhook.startOver();
    }

    public static InstanceId instance(int ordinal) {
        return InstanceId.of(APP, SERVICE, DEPLOYMENT, ordinal);
    }

    public void say(int ordinal, InstanceState state) {
        say(ordinal, state, Kind.SERVICE);
    }

    public void say(int ordinal, InstanceState state, Kind kind) {
        say(ordinal, state, kind, 20_001, null);
    }

    /** One that is asked how it is. */
    public void say(int ordinal, InstanceState state, int port, Health health) {
        say(ordinal, state, Kind.SERVICE, port, health);
    }

    private void say(int ordinal, InstanceState state, Kind kind, int port, @Nullable Health health) {
        Instance instance = new Instance(
                instance(ordinal),
                APP,
                SERVICE,
                1,
                kind,
                "registry/shop/web@sha256:1",
                DEPLOYMENT,
                new NodeId("local"),
                "127.0.0.1",
                port,
                new Resources(0.5, Memory.mebibytes(256), 256),
                health,
                Instant.EPOCH,
                state,
                state == InstanceState.DEAD ? "exit code 137" : null);
        kafka.send(Topics.INSTANCES, instance.id().value(), instance).join();
    }

    public void say(PreparedMachine machine) {
        kafka.send(Topics.MACHINES, machine.id().value(), machine).join();
    }

    public void say(PlatformReplica replica) {
        kafka.send(Topics.PLATFORM_REPLICAS, replica.key(), replica).join();
    }

    /** Does not go on before it is known. */
    public void say(Node node) {
        kafka.send(Topics.NODES, node.id().value(), node).join();
        await().until(() -> jdbc.sql("select exists (select from node where id = ? and state = ?)")
                .params(node.id().value(), node.state().name())
                .query(Boolean.class)
                .single());
    }

    public void sayGone(PreparedMachine machine) {
        kafka.send(Topics.MACHINES, machine.id().value(), null).join();
    }

    public void sayGone(PlatformReplica replica) {
        kafka.send(Topics.PLATFORM_REPLICAS, replica.key(), null).join();
    }

    public void sayGone(int ordinal) {
        kafka.send(Topics.INSTANCES, instance(ordinal).value(), null).join();
    }

    public void say(RecoveryEvent event) {
        kafka.send(Topics.RECOVERY_EVENTS, event.incident().value(), event).join();
    }
}
