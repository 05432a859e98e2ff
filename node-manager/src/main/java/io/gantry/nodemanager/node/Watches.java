package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.nodemanager.registry.Entered;
import io.gantry.nodemanager.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** A watch over each node, for as long as the service runs. */
@Component
class Watches implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Watches.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(3);

    private final FleetSettings fleet;
    private final NodeEngines engines;
    private final Nodes nodes;
    private final Registry registry;
    private final WatchSettings settings;
    private final Map<NodeId, NodeWatch> watches = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    Watches(FleetSettings fleet, NodeEngines engines, Nodes nodes, Registry registry, WatchSettings settings) {
        this.fleet = fleet;
        this.engines = engines;
        this.nodes = nodes;
        this.registry = registry;
        this.settings = settings;
    }

    /** Between the word of the deployer and now, its container may have ended. */
    @TransactionalEventListener
    void on(Entered entered) {
        NodeWatch watch = watches.get(entered.instance().node());
        if (watch != null) {
            watch.lookAt(entered.instance().id());
        }
    }

    @Override
    public synchronized void start() {
        List<NodeId> set = fleet.nodes().stream().map(NodeSettings::id).toList();
        nodes.keepOnly(set).forEach(registry::loseSightOf);
        nodes.tellAll();
        registry.tellAll();
        fleet.nodes().forEach(this::watch);
    }

    private void watch(NodeSettings set) {
        var containers = new Containers(engines.of(set.id()), fleet.fleet(), set.id(), set.reachedAt());
        var watch = new NodeWatch(set, containers, nodes, registry, settings);
        watches.put(set.id(), watch);
        threads.add(Thread.ofVirtual().name("watch-" + set.id()).start(watch));
    }

    @Override
    public synchronized void stop() {
        watches.values().forEach(NodeWatch::stop);
        threads.forEach(Watches::awaitEnd);
        watches.clear();
        threads.clear();
    }

    private static void awaitEnd(Thread watch) {
        try {
            if (!watch.join(ENDS_WITHIN)) {
                log.info("{} hangs in a call to its engine and is interrupted", watch.getName());
                watch.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }
}
