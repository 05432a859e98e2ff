package io.gantry.loadbalancer;

import static org.awaitility.Awaitility.await;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.Usage;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Plays the services that the load-balancer talks with: says what they would, and hears what they would. */
@TestComponent
public class Neighbours {
    private static final List<String> TABLES =
            List.of("node", "reservation", "waiting", "decision", "scaled_instance", "scaled_service", "scale_policy");

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    private final KafkaTemplate<String, Object> kafka;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Silence silence;
    private final List<PlacementReply> replies = new CopyOnWriteArrayList<>();
    private final List<DeployerCommand> commands = new CopyOnWriteArrayList<>();

    Neighbours(KafkaTemplate<String, Object> kafka, JdbcClient jdbc, TransactionTemplate transaction, Silence silence) {
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.silence = silence;
    }

    @KafkaListener(id = "test.replies", topics = Topics.PLACEMENT_REPLIES)
    void hear(PlacementReply reply) {
        replies.add(reply);
    }

    @KafkaListener(id = "test.commands", topics = Topics.DEPLOYER_COMMANDS)
    void hear(DeployerCommand command) {
        commands.add(command);
    }

    /** An empty platform: no node, no instance, nobody waiting. */
    public void startOver() {
        silence.await();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update ledger set revision = revision + 1, purged = revision + 1")
                    .update();
            TABLES.forEach(table -> jdbc.sql("delete from " + table).update());
        });
        replies.clear();
        commands.clear();
    }

    /** Says so and waits until it has been heard. */
    public void have(Node... nodes) {
        for (Node node : nodes) {
            say(node);
        }
        await().until(() ->
                jdbc.sql("select count(*) from node").query(Integer.class).single() == nodes.length);
    }

    public void say(PlacementRequest request) {
        send(Topics.PLACEMENT_REQUESTS, request.deployment().value(), request);
    }

    public void say(Node node) {
        send(Topics.NODES, node.id().value(), node);
    }

    public void say(Instance instance) {
        send(Topics.INSTANCES, instance.id().value(), instance);
    }

    public void say(Usage usage) {
        send(Topics.USAGE, usage.node().value(), usage);
    }

    public void say(DeployerEvent event) {
        send(Topics.DEPLOYER_EVENTS, event.app().value(), event);
    }

    public void sayGone(InstanceId instance) {
        kafka.send(Topics.INSTANCES, instance.value(), null).join();
    }

    public void send(String topic, String key, Object message) {
        kafka.send(topic, key, message).join();
    }

    /** What the deployer was told, in order. */
    public List<DeployerCommand> commands() {
        return commands;
    }

    public List<PlacementReply> replies() {
        return replies;
    }

    public List<PlacementReply> repliesTo(AccessToken token) {
        return replies.stream()
                .filter(reply -> reply.accessToken().equals(token))
                .toList();
    }

    public <T extends PlacementReply> T awaitReply(AccessToken token, Class<T> type) {
        return await().until(
                        () -> repliesTo(token).stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
