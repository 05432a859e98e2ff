package io.gantry.nodemanager.usage;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Usage;
import io.gantry.contract.topic.Topics;
import io.gantry.nodemanager.node.NodeEngines;
import io.gantry.nodemanager.node.Nodes;
import io.gantry.remote.Engine;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Publishes every second what each node uses. It goes to Kafka directly, not through the outbox: only the newest counts,
 * and there will be a newer one.
 */
@Component
class UsageReport implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(UsageReport.class);

    private final NodeEngines engines;
    private final Nodes nodes;
    private final RunningInstances instances;
    private final KafkaTemplate<String, Object> kafka;
    private final InstantSource clock;
    private final UsageSettings settings;
    private final Map<NodeId, Usage> newest = new ConcurrentHashMap<>();
    private final Map<NodeId, NodeUsage> followed = new ConcurrentHashMap<>();
    private CountDownLatch stopped = new CountDownLatch(1);
    private boolean running;

    UsageReport(
            NodeEngines engines,
            Nodes nodes,
            RunningInstances instances,
            KafkaTemplate<String, Object> kafka,
            InstantSource clock,
            UsageSettings settings) {
        this.engines = engines;
        this.nodes = nodes;
        this.instances = instances;
        this.kafka = kafka;
        this.clock = clock;
        this.settings = settings;
    }

    List<Usage> newest() {
        return List.copyOf(new TreeMap<>(newest).values());
    }

    private void report(NodeId node, NodeUsage usage, CountDownLatch end) {
        try (usage) {
            while (!end.await(settings.every().toMillis(), TimeUnit.MILLISECONDS) && isCurrent(node, usage)) {
                reportOnce(node, usage);
            }
        } catch (InterruptedException _) {
            log.debug("The report on {} was interrupted", node);
        }
    }

    /** Not if the node has left the fleet, or is another machine by now. */
    private boolean isCurrent(NodeId node, NodeUsage usage) {
        boolean current = followed.get(node) == usage && engines.find(node).isPresent();
        if (!current && followed.remove(node, usage)) {
            newest.remove(node);
        }
        return current;
    }

    /** A node that is lost, a database or a broker that is away: there is nothing to report, and others say so already. */
    private void reportOnce(NodeId node, NodeUsage usage) {
        try {
            if (nodes.isReady(node)) {
                publish(usage.sample(instances.on(node), clock.instant()));
            } else {
                newest.remove(node);
                usage.close();
            }
        } catch (RuntimeException failure) {
            log.debug("No report on {} this time", node, failure);
        }
    }

    private void publish(Usage usage) {
        newest.put(usage.node(), usage);
        kafka.send(Topics.USAGE, usage.node().value(), usage).join();
    }

    @Override
    public synchronized void start() {
        stopped = new CountDownLatch(1);
        running = true;
        engines.all().forEach(this::begin);
    }

    @EventListener
    synchronized void on(NodeEngines.Changed changed) {
        if (running) {
            begin(changed.node(), changed.engine());
        }
    }

    private void begin(NodeId node, Engine engine) {
        CountDownLatch end = stopped;
        NodeUsage usage = new NodeUsage(node, engine);
        followed.put(node, usage);
        Thread.ofVirtual().name("usage-" + node).start(() -> report(node, usage, end));
    }

    @Override
    public synchronized void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
