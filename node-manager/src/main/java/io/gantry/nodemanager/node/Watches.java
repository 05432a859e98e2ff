package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.nodemanager.registry.Entered;
import io.gantry.nodemanager.registry.Registry;
import io.gantry.remote.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/** A watch over each node, for as long as the service runs and the node is one. */
@Component
class Watches implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Watches.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(3);

    private final Machines machines;
    private final NodeEngines engines;
    private final Nodes nodes;
    private final Registry registry;
    private final WatchSettings settings;
    private final String fleet;
    private final Map<NodeId, Kept> kept = new ConcurrentHashMap<>();
    private final Hearing hearing = new Hearing();
    private final Semaphore changes = new Semaphore(0);
    private volatile List<NodeSettings> everybody = List.of();
    private volatile boolean running;
    private @Nullable Thread keeper;

    Watches(
            Machines machines,
            NodeEngines engines,
            Nodes nodes,
            Registry registry,
            WatchSettings settings,
            FleetSettings fleet) {
        this.machines = machines;
        this.engines = engines;
        this.nodes = nodes;
        this.registry = registry;
        this.settings = settings;
        this.fleet = fleet.fleet();
    }

    private record Kept(NodeSettings set, NodeWatch watch, Pulse pulse, Optional<NodeLease> lease, Thread thread) {
        void stop() {
            pulse.stop();
            lease.ifPresent(NodeLease::stop);
            watch.stop();
        }
    }

    /** Between the word of the deployer and now, its container may have ended. */
    @TransactionalEventListener
    void on(Entered entered) {
        Kept there = kept.get(entered.instance().node());
        if (there != null) {
            there.watch().lookAt(entered.instance().id());
        }
    }

    @TransactionalEventListener
    void on(Machines.Changed changed) {
        changes.release();
    }

    @Override
    public synchronized void start() {
        nodes.tellAll();
        registry.tellAll();
        keepInStep();
        running = true;
        keeper = Thread.ofVirtual().name("watches").start(this::keepWatches);
    }

    /** Looks now and then without having been told, for what could not be done at once. */
    private void keepWatches() {
        try {
            while (running) {
                if (changes.tryAcquire(settings.reconcile().toMillis(), TimeUnit.MILLISECONDS)) {
                    changes.drainPermits();
                }
                keepInStepIfPossible();
            }
        } catch (InterruptedException _) {
            log.debug("No more watches are begun");
        }
    }

    private void keepInStepIfPossible() {
        try {
            if (running) {
                keepInStep();
            }
        } catch (DataAccessException | TransactionException outage) {
            log.warn("Which machines are nodes is looked at again later: {}", outage.getMessage());
        }
    }

    private void keepInStep() {
        everybody = machines.all();
        List<NodeSettings> wanted = machines.nodes();
        Set<NodeId> ids = wanted.stream().map(NodeSettings::id).collect(Collectors.toSet());
        kept.keySet().stream().filter(id -> !ids.contains(id)).forEach(this::end);
        nodes.keepOnly(ids).forEach(id -> registry.declareDead(id, "its node %s has left the fleet".formatted(id)));
        wanted.stream().filter(this::isNews).forEach(this::watch);
    }

    private boolean isNews(NodeSettings set) {
        Kept there = kept.get(set.id());
        return there == null || !there.set().equals(set);
    }

    private void watch(NodeSettings set) {
        end(set.id());
        nodes.reset(set);
        var containers = new Containers(engines.set(set), engines.clockOf(set.id()), fleet, set.id(), set.reachedAt());
        var watch = new NodeWatch(set, containers, nodes, registry, settings);
        var pulse = new Pulse(set, containers.engine(), settings, hearing, watch);
        if (Pulse.isFeltOf(set)) {
            Thread.ofVirtual().name("pulse-" + set.id()).start(pulse);
        }
        Optional<NodeLease> lease = leaseOf(set, containers.engine());
        lease.ifPresent(kept -> Thread.ofVirtual().name("lease-" + set.id()).start(kept));
        Thread thread = Thread.ofVirtual().name("watch-" + set.id()).start(watch);
        kept.put(set.id(), new Kept(set, watch, pulse, lease, thread));
    }

    /** This machine needs none: it is not cut off from us. */
    private Optional<NodeLease> leaseOf(NodeSettings set, Engine engine) {
        return engine.session()
                .map(session -> new NodeLease(set.id(), session, engine.socket(), fleet, () -> everybody, settings));
    }

    private void end(NodeId node) {
        Kept there = kept.remove(node);
        if (there != null) {
            engines.remove(node);
            there.stop();
            awaitEnd(there.thread());
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        changes.release();
        if (keeper != null) {
            awaitEnd(keeper);
        }
        kept.values().forEach(Kept::stop);
        kept.values().forEach(there -> awaitEnd(there.thread()));
        kept.clear();
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
        return running;
    }
}
