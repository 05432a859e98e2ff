package io.gantry.deployer.rollout;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.ledger.Instances;
import io.gantry.deployer.node.NodeBecameReady;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.remote.Labels;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Removes containers that nobody will miss: those of a request that was answered, in which the instance is not wanted. They
 * stay behind when a node is out of reach while its instances are removed. Whatever belongs to a request that is still
 * under way, or that this deployer has never heard of, is left alone.
 */
@Component
class OrphanSweep {
    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);

    private final Nodes nodes;
    private final ContainerHost host;
    private final Instances instances;
    private final HostPorts ports;
    private final Legs legs;

    OrphanSweep(Nodes nodes, ContainerHost host, Instances instances, HostPorts ports, Legs legs) {
        this.nodes = nodes;
        this.host = host;
        this.instances = instances;
        this.ports = ports;
        this.legs = legs;
    }

    @EventListener(ApplicationReadyEvent.class)
    void sweepAll() {
        nodes.ready().forEach(this::begin);
    }

    @TransactionalEventListener
    void on(NodeBecameReady event) {
        begin(event.node());
    }

    private void begin(Node node) {
        Thread.ofVirtual().name("orphan-sweep-" + node.id()).start(() -> sweep(node));
    }

    void sweep(Node node) {
        try {
            host.labelsOfAll(node).stream()
                    .filter(labels -> node.id().value().equals(labels.get(Labels.NODE)))
                    .forEach(labels -> removeIfOrphan(node, labels));
        } catch (RuntimeException unreachable) {
            log.warn(
                    "Could not look for orphans on {}; it is done when it is ready again: {}",
                    node.id(),
                    unreachable.getMessage());
        }
    }

    private void removeIfOrphan(Node node, Map<String, String> labels) {
        @Nullable String instance = labels.get(Labels.INSTANCE);
        @Nullable String deployment = labels.get(Labels.DEPLOYMENT);
        @Nullable String app = labels.get(Labels.APP);
        if (instance != null
                && deployment != null
                && app != null
                && isOrphan(node, new InstanceId(instance), new DeploymentToken(deployment))) {
            log.info("Removing {} from {}: its request was answered without it", instance, node.id());
            remove(node, new AppName(app), new InstanceId(instance));
        }
    }

    private void remove(Node node, AppName app, InstanceId instance) {
        host.stopAndRemove(node, instance, ContainerHost.USUAL_TIME_TO_END);
        if (instances.isAlone(app, node.id(), instance)) {
            host.removeNetwork(node, app);
        }
        ports.release(node.id(), instance);
    }

    private boolean isOrphan(Node node, InstanceId instance, DeploymentToken deployment) {
        return legs.isFinished(deployment) && !instances.isWantedOn(node.id(), instance);
    }
}
