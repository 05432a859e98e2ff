package io.gantry.nodemanager.node;

import com.github.dockerjava.api.model.Info;
import io.gantry.contract.InstanceId;
import io.gantry.nodemanager.registry.Registry;
import io.gantry.nodemanager.registry.Sighting;
import io.gantry.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps watch over one node: its engine tells of containers that start, end and go; what it did not tell is found by
 * comparing all containers with the registry, first of all whenever a connection was made. A node is lost when its
 * engine fails twice in a row.
 */
final class NodeWatch implements Runnable, Pulse.Watcher {
    private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

    private final NodeSettings set;
    private final Containers containers;
    private final Nodes nodes;
    private final Registry registry;
    private final WatchSettings settings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile BlockingQueue<Cue> cues = new LinkedBlockingQueue<>();
    private int failures;

    NodeWatch(NodeSettings set, Containers containers, Nodes nodes, Registry registry, WatchSettings settings) {
        this.set = set;
        this.containers = containers;
        this.nodes = nodes;
        this.registry = registry;
        this.settings = settings;
    }

    void lookAt(InstanceId instance) {
        cues.add(new Cue.Look(instance));
    }

    /** Its engine need not have failed by then: calls to a machine that is gone wait for long. */
    @Override
    public void lost(Duration silent) {
        nodes.lost(set, "%s has been silent for %d s".formatted(set.id(), silent.toSeconds()));
        registry.declareDead(set.id(), "its node %s is lost".formatted(set.id()));
    }

    @Override
    public void back() {
        cues.add(new Cue.LookAround());
    }

    void stop() {
        stopped.countDown();
        cues.add(new Cue.Silence("the watch ends"));
    }

    @Override
    public void run() {
        try {
            while (!isStopped()) {
                keepWatch();
            }
        } catch (InterruptedException _) {
            log.debug("The watch over {} was interrupted", set.id());
        }
    }

    /** An outage of the database says nothing about the node. */
    private void keepWatch() throws InterruptedException {
        try {
            watchUntilTheEngineFails();
        } catch (DataAccessException | TransactionException outage) {
            log.warn("The watch over {} waits for the database: {}", set.id(), outage.getMessage());
            pause(settings.retryAfter());
        }
    }

    private void watchUntilTheEngineFails() throws InterruptedException {
        try {
            watch();
        } catch (DataAccessException | TransactionException outage) {
            throw outage;
        } catch (RuntimeException failure) {
            log.debug("The engine of {} failed", set.id(), failure);
            failed(failure);
        }
    }

    private void watch() throws InterruptedException {
        var fresh = new LinkedBlockingQueue<Cue>();
        cues = fresh;
        try (var _ = EventFeed.open(containers, fresh)) {
            observe();
            failures = 0;
            while (!isStopped()) {
                follow(fresh.poll(settings.reconcile().toMillis(), TimeUnit.MILLISECONDS));
            }
        }
    }

    private void observe() {
        Info engine = containers.clock().infoOf(containers.engine());
        nodes.ready(set, engine, containers.clock().problem());
        Reconciliation.run(containers, registry, this::followEnds);
    }

    /** What was told while it was looked, of one that is gone by now how it ended. */
    private void followEnds() {
        List<Cue> told = new ArrayList<>();
        cues.drainTo(told);
        for (Cue cue : told) {
            if (cue instanceof Cue.Ended) {
                follow(cue);
            } else {
                cues.add(cue);
            }
        }
    }

    private void follow(@Nullable Cue cue) {
        switch (cue) {
            case null -> observe();
            case Cue.LookAround() -> observe();
            case Cue.Look(var instance) -> registry.record(instance, containers.look(instance));
            case Cue.Ended(var instance, var exitCode) -> registry.record(instance, endOf(instance, exitCode));
            case Cue.OutOfMemory(var instance) -> registry.record(instance, starved(containers.look(instance)));
            case Cue.Silence(var why) -> endOfStream(why);
        }
    }

    /** By now the container may be gone, or run again: that it ended is true all the same. */
    private Sighting endOf(InstanceId instance, int exitCode) {
        return containers.look(instance) instanceof Sighting.Ended ended ? ended : new Sighting.Ended(exitCode, false);
    }

    /** An engine that hears of the end first does not show why the container ended. */
    private static Sighting starved(Sighting seen) {
        return seen instanceof Sighting.Ended(var exitCode, var _) ? new Sighting.Ended(exitCode, true) : seen;
    }

    private void endOfStream(String why) {
        if (!isStopped()) {
            throw new IllegalStateException("it went silent: " + why);
        }
    }

    /** Once is none: engines are restarted, and networks drop what has been open for long. */
    private void failed(RuntimeException failure) throws InterruptedException {
        failures++;
        if (failures > 1 && !isStopped()) {
            nodes.lost(set, sentence(failure));
            registry.loseSightOf(set.id());
            pause(settings.pauseAfter(failures - 1));
        }
    }

    private String sentence(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof Unreachable
                ? message
                : "The Docker Engine at %s failed: %s".formatted(containers.engine(), message);
    }

    private void pause(Duration length) throws InterruptedException {
        if (stopped.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("The watch over {} ends", set.id());
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
