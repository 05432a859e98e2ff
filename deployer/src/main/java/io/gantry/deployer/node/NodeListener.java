package io.gantry.deployer.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

@Component
class NodeListener {
    private final Nodes nodes;
    private final ApplicationEventPublisher events;

    NodeListener(Nodes nodes, ApplicationEventPublisher events) {
        this.nodes = nodes;
        this.events = events;
    }

    @KafkaListener(id = "deployer.nodes", topics = Topics.NODES)
    void on(@Payload(required = false) @Nullable Node node, @Header(KafkaHeaders.RECEIVED_KEY) String key) {
        if (node == null) {
            nodes.remove(new NodeId(key));
            return;
        }
        boolean wasReady = nodes.find(node.id())
                .map(Node::state)
                .filter(NodeState.READY::equals)
                .isPresent();
        nodes.put(node);
        if (node.state() == NodeState.READY && !wasReady) {
            events.publishEvent(new NodeBecameReady(node));
        }
    }
}
