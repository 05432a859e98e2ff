package io.gantry.deployer.build;

import com.github.dockerjava.api.DockerClient;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.node.NodeBecameReady;
import io.gantry.deployer.node.Nodes;
import io.gantry.remote.Engines;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Base images come to every node before an app does, so that an app that has to go to another node waits only for what is its
 * own. Nobody waits for this: it goes from node to node, and what fails is tried again when the node is ready again; until
 * then an image that is missing comes with the first app that is built upon it.
 */
@Component
class BasesOnNodes {
    private static final Logger log = LoggerFactory.getLogger(BasesOnNodes.class);

    private final BaseImages bases;
    private final Nodes nodes;
    private final Engines engines;
    /** The registry is to have its hands free for deployments, however many nodes come at once. */
    private final Semaphore oneNodeAtATime = new Semaphore(1, true);

    BasesOnNodes(BaseImages bases, Nodes nodes, Engines engines) {
        this.bases = bases;
        this.nodes = nodes;
        this.engines = engines;
    }

    @EventListener(ApplicationReadyEvent.class)
    void bringToAll() {
        nodes.ready().forEach(this::begin);
    }

    @TransactionalEventListener
    void on(NodeBecameReady event) {
        begin(event.node());
    }

    private void begin(Node node) {
        if (bases.comeFromRegistry()) {
            Thread.ofVirtual().name("bases-on-" + node.id()).start(() -> bringInTurn(node));
        }
    }

    private void bringInTurn(Node node) {
        try {
            oneNodeAtATime.acquire();
            try {
                bring(node);
            } finally {
                oneNodeAtATime.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever stands in the way, an engine or the registry, it stands in nobody else's. */
    private void bring(Node node) throws InterruptedException {
        try {
            DockerClient docker = engines.of(node).docker();
            for (String base : bases.all()) {
                Optional<String> missing = bases.bring(docker, base);
                missing.ifPresent(why -> log.warn("Base image for {}: {}", node.id(), why));
            }
        } catch (RuntimeException failed) {
            log.warn(
                    "{} does not have all base images yet; they are asked for when it is ready again: {}",
                    node.id(),
                    failed.getMessage());
        }
    }
}
