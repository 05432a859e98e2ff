package io.gantry.nodemanager;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.RegistryCommand;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.registry.Usage;
import io.gantry.contract.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;

/** Plays the services that the node-manager talks with: says what they would, and hears what they would. */
@TestComponent
public class Neighbours {
    private final KafkaTemplate<String, Object> kafka;
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final Map<InstanceId, Instance> instances = new ConcurrentHashMap<>();
    private final Map<NodeId, Node> nodes = new ConcurrentHashMap<>();
    private final Map<NodeId, Usage> usage = new ConcurrentHashMap<>();

    Neighbours(KafkaTemplate<String, Object> kafka) {
        this.kafka = kafka;
    }

    @KafkaListener(id = "test.events", topics = Topics.REGISTRY_EVENTS)
    void hear(RegistryEvent event) {
        events.add(event);
    }

    @KafkaListener(id = "test.instances", topics = Topics.INSTANCES)
    void hear(@Payload(required = false) @Nullable Instance instance, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (instance == null) {
            instances.remove(new InstanceId(id));
        } else {
            instances.put(instance.id(), instance);
        }
    }

    @KafkaListener(id = "test.nodes", topics = Topics.NODES)
    void hearNode(@Payload(required = false) @Nullable Node node, @Header(KafkaHeaders.RECEIVED_KEY) String id) {
        if (node == null) {
            nodes.remove(new NodeId(id));
        } else {
            nodes.put(node.id(), node);
        }
    }

    @KafkaListener(id = "test.usage", topics = Topics.USAGE)
    void hear(Usage newest) {
        usage.put(newest.node(), newest);
    }

    public void say(RegistryCommand command) {
        kafka.send(Topics.REGISTRY_COMMANDS, command.instance().value(), command)
                .join();
    }

    public void say(PreparedMachine machine) {
        kafka.send(Topics.MACHINES, machine.id().value(), machine).join();
    }

    public void sayGone(NodeId machine) {
        kafka.send(Topics.MACHINES, machine.value(), null).join();
    }

    public List<RegistryEvent> eventsOf(InstanceId id) {
        return events.stream().filter(event -> event.instance().equals(id)).toList();
    }

    /** As the compacted topic has it; null: not there. */
    public @Nullable Instance instance(InstanceId id) {
        return instances.get(id);
    }

    /** As the compacted topic has it; null: not there. */
    public @Nullable Node node(NodeId id) {
        return nodes.get(id);
    }

    public @Nullable Usage usage(NodeId id) {
        return usage.get(id);
    }
}
