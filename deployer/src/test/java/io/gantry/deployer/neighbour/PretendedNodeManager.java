package io.gantry.deployer.neighbour;

import static io.gantry.testkit.Patience.await;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.registry.RegistryCommand;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.deployer.node.Nodes;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.test.context.event.annotation.BeforeTestMethod;

/** Tells of nodes, one to begin with, and registers instances; unless a test wants it to be silent. */
@TestComponent
public class PretendedNodeManager {
    public static final NodeId NODE = new NodeId("local");

    private static final URI HERE = URI.create("unix:///var/run/docker.sock");

    private final Courier courier;
    private final InstantSource clock;
    private final Nodes known;
    private final Set<NodeId> nodes = ConcurrentHashMap.newKeySet();
    public final Map<String, Instance> registered = new ConcurrentHashMap<>();
    public volatile boolean registering = true;

    PretendedNodeManager(Courier courier, InstantSource clock, Nodes known) {
        this.courier = courier;
        this.clock = clock;
        this.known = known;
    }

    @BeforeTestMethod
    void reset() {
        registering = true;
        nodes.stream().filter(node -> !node.equals(NODE)).forEach(this::announceNodeGone);
        announceNode(NODE);
    }

    public void announceNode(NodeId id) {
        announceNode(id, HERE, null, "127.0.0.1");
    }

    /** As when its machine dies. */
    public void announceLost(NodeId id) {
        announce(id, HERE, null, "127.0.0.1", NodeState.UNREACHABLE);
    }

    public void announceNode(NodeId id, URI engine, @Nullable String hostKey, String address) {
        announce(id, engine, hostKey, address, NodeState.READY);
    }

    /** Does not go on before the deployer knows of it: what is placed on a node that it does not know is placed in vain. */
    private void announce(NodeId id, URI engine, @Nullable String hostKey, String address, NodeState state) {
        nodes.add(id);
        Node node = new Node(
                id, engine, hostKey, address, 2, Memory.mebibytes(4096), Map.of(), state, false, Instant.EPOCH);
        courier.bring(Topics.NODES, id.value(), node);
        await().until(() -> known.find(id).filter(node::equals).isPresent());
    }

    /** As when a node is taken out of the fleet. */
    public void announceNodeGone(NodeId id) {
        nodes.remove(id);
        courier.bringTombstone(Topics.NODES, id.value());
    }

    @KafkaListener(id = "test.registry-commands", topics = Topics.REGISTRY_COMMANDS)
    void on(RegistryCommand command) {
        if (!registering) {
            return;
        }
        switch (command) {
            case RegistryCommand.Register register -> {
                registered.put(register.instance().value(), register.entry());
                tell(new RegistryEvent.Registered(register.instance(), register.deployment(), clock.instant()));
            }
            case RegistryCommand.Deregister deregister -> {
                registered.remove(deregister.instance().value());
                tell(new RegistryEvent.Deregistered(deregister.instance(), deregister.deployment(), clock.instant()));
            }
        }
    }

    /** As when a container ends by itself, long after its deployment. */
    public void tellDeath(AppName app, ServiceName service, InstanceId instance) {
        tell(new RegistryEvent.InstanceDied(instance, app, service, NODE, 1, false, clock.instant()));
    }

    public List<Instance> registeredOf(AppName app) {
        return registered.values().stream()
                .filter(instance -> instance.app().equals(app))
                .toList();
    }

    private void tell(RegistryEvent event) {
        courier.bring(Topics.REGISTRY_EVENTS, event.instance().value(), event);
    }
}
