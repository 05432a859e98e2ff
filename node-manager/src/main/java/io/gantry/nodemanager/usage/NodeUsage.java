package io.gantry.nodemanager.usage;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Usage;
import io.gantry.remote.Engine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The use of one node: the sum of its instances', each followed by a stream of its own. */
final class NodeUsage implements AutoCloseable {
    private final NodeId node;
    private final Engine engine;
    private final Map<InstanceId, StatsFeed> feeds = new TreeMap<>();

    NodeUsage(NodeId node, Engine engine) {
        this.node = node;
        this.engine = engine;
    }

    /** @param running the instances that there are on the node now */
    Usage sample(List<RunningInstance> running, Instant now) {
        follow(running);
        List<Usage.OfInstance> instances =
                feeds.values().stream().flatMap(feed -> feed.newest().stream()).toList();
        return new Usage(
                node,
                now,
                instances.stream().mapToDouble(Usage.OfInstance::cpus).sum(),
                instances.stream().mapToLong(Usage.OfInstance::memory).sum(),
                instances);
    }

    private void follow(List<RunningInstance> running) {
        var ids = running.stream().map(RunningInstance::id).collect(Collectors.toSet());
        feeds.values().removeIf(feed -> {
            boolean stale = feed.hasEnded() || !ids.contains(feed.instance());
            if (stale) {
                feed.close();
            }
            return stale;
        });
        for (RunningInstance instance : running) {
            feeds.computeIfAbsent(instance.id(), _ -> StatsFeed.open(engine, instance));
        }
    }

    @Override
    public void close() {
        feeds.values().forEach(StatsFeed::close);
        feeds.clear();
    }
}
