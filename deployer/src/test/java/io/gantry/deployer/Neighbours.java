package io.gantry.deployer;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.registry.RegistryCommand;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Stands in for scheduler, load-balancer and node-manager, over the real topics. Tests may make it silent. */
@TestComponent
public class Neighbours {
    public static final NodeId NODE = new NodeId("local");

    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public final List<PlacementRequest> asked = new CopyOnWriteArrayList<>();
    public final List<DeployerEvent> events = new CopyOnWriteArrayList<>();
    public final List<BuildLog> buildLogs = new CopyOnWriteArrayList<>();
    public final Map<String, Instance> registered = new ConcurrentHashMap<>();
    public volatile boolean placing = true;

    /** Also where the instance has failed before. */
    public volatile boolean placingAgain;

    public volatile boolean registering = true;

    Neighbours(Outbox outbox, TransactionTemplate transaction, InstantSource clock) {
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    public void say(String topic, String key, Object message) {
        transaction.executeWithoutResult(status -> outbox.send(topic, key, message));
    }

    public void command(DeployerCommand command) {
        say(Topics.DEPLOYER_COMMANDS, command.app().value(), command);
    }

    public void announceNode(NodeId id) {
        Node node = new Node(
                id,
                URI.create("unix:///var/run/docker.sock"),
                null,
                "127.0.0.1",
                2,
                Memory.mebibytes(4096),
                Map.of(),
                NodeState.READY,
                false,
                Instant.EPOCH);
        say(Topics.NODES, id.value(), node);
    }

    /** As when a node is taken out of the fleet. */
    public void announceNodeGone(NodeId id) {
        transaction.executeWithoutResult(status -> outbox.tombstone(Topics.NODES, id.value()));
    }

    @KafkaListener(id = "test.placement-requests", topics = Topics.PLACEMENT_REQUESTS)
    void on(PlacementRequest request) {
        asked.add(request);
        if (placing
                && request instanceof PlacementRequest.Place place
                && (placingAgain || !place.avoid().contains(NODE))) {
            outbox.send(
                    Topics.PLACEMENT_REPLIES,
                    place.deployment().value(),
                    new PlacementReply.Placed(place.accessToken(), place.deployment(), place.instance(), NODE));
        }
    }

    /** Late, but all the same. */
    public void place(PlacementRequest request) {
        say(
                Topics.PLACEMENT_REPLIES,
                request.deployment().value(),
                new PlacementReply.Placed(request.accessToken(), request.deployment(), request.instance(), NODE));
    }

    @KafkaListener(id = "test.registry-commands", topics = Topics.REGISTRY_COMMANDS)
    void on(RegistryCommand command) {
        if (!registering) {
            return;
        }
        switch (command) {
            case RegistryCommand.Register register -> {
                registered.put(register.instance().value(), register.entry());
                answer(new RegistryEvent.Registered(register.instance(), register.deployment(), clock.instant()));
            }
            case RegistryCommand.Deregister deregister -> {
                registered.remove(deregister.instance().value());
                answer(new RegistryEvent.Deregistered(deregister.instance(), deregister.deployment(), clock.instant()));
            }
        }
    }

    private void answer(RegistryEvent event) {
        outbox.send(Topics.REGISTRY_EVENTS, event.instance().value(), event);
    }

    @KafkaListener(id = "test.deployer-events", topics = Topics.DEPLOYER_EVENTS)
    void on(DeployerEvent event) {
        events.add(event);
    }

    @KafkaListener(id = "test.build-logs", topics = Topics.BUILD_LOGS)
    void on(BuildLog log) {
        buildLogs.add(log);
    }

    public List<Instance> registeredOf(AppName app) {
        return registered.values().stream()
                .filter(instance -> instance.app().equals(app))
                .toList();
    }

    public <E extends DeployerEvent> List<E> events(DeploymentToken token, Class<E> type) {
        return events.stream()
                .filter(event -> event.token().equals(token))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public List<DeployerEvent.Finished> answers(DeploymentToken token) {
        return events(token, DeployerEvent.Finished.class);
    }
}
