package io.gantry.nodemanager.node;

import io.gantry.contract.InstanceId;
import io.gantry.nodemanager.registry.Entry;
import io.gantry.nodemanager.registry.Registry;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a node's containers with the registry and looks closely at whatever differs. What somebody paused goes
 * on, unless it is dead to the registry: then it may have been replaced, and what becomes of it is the deployer's to say.
 */
final class Reconciliation {
    private Reconciliation() {}

    /** @param meanwhile what has to be done between the look at the containers and the comparison */
    static void run(Containers containers, Registry registry, Runnable meanwhile) {
        Map<InstanceId, Containers.Listed> listed = containers.list();
        meanwhile.run();
        Map<InstanceId, Entry> entries = registry.on(containers.node()).stream()
                .collect(Collectors.toMap(entry -> entry.instance().id(), Function.identity()));
        var ids = new TreeSet<>(listed.keySet());
        ids.addAll(entries.keySet());
        for (InstanceId id : ids) {
            boolean goesOn = goesOn(entries.get(id), listed.get(id));
            if (goesOn) {
                containers.resume(id);
            }
            if (goesOn || isNews(entries.get(id), listed.get(id))) {
                registry.record(id, containers.look(id));
            }
        }
    }

    private static boolean goesOn(@Nullable Entry entry, Containers.@Nullable Listed listed) {
        return entry != null && entry.isExpected() && listed != null && listed.paused();
    }

    /** @param listed null: there is no such container */
    static boolean isNews(@Nullable Entry entry, Containers.@Nullable Listed listed) {
        if (entry == null) {
            return listed != null && listed.running();
        }
        if (listed == null) {
            return entry.isExpected() || entry.adopted();
        }
        return switch (listed.condition()) {
            case RUNNING -> !entry.runsAt(listed.port());
            case PAUSED -> false;
            case ENDED -> entry.isExpected();
        };
    }
}
