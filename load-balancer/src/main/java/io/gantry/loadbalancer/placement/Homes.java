package io.gantry.loadbalancer.placement;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.loadbalancer.ServiceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where apps of several services live. Their services reach each other by name, which works on one node only, so all of
 * them are wanted on one: the one that has most of the app already.
 */
public final class Homes {
    private static final Comparator<Entry<NodeId, Integer>> MOST = Entry.<NodeId, Integer>comparingByValue()
            .thenComparing(
                    Entry.comparingByKey(Comparator.comparing(NodeId::value).reversed()));

    private final Map<AppName, Map<ServiceName, Map<NodeId, Integer>>> instances = new HashMap<>();

    public void add(NodeId node, ServiceId service) {
        instances
                .computeIfAbsent(service.app(), any -> new HashMap<>())
                .computeIfAbsent(service.service(), any -> new HashMap<>())
                .merge(node, 1, Integer::sum);
    }

    /** Undoes one {@link #add} with the same arguments. */
    public void remove(NodeId node, ServiceId service) {
        instances.computeIfPresent(service.app(), (app, services) -> {
            services.computeIfPresent(service.service(), (name, nodes) -> {
                nodes.computeIfPresent(node, (id, count) -> count == 1 ? null : count - 1);
                return nodes.isEmpty() ? null : nodes;
            });
            return services.isEmpty() ? null : services;
        });
    }

    /**
     * Where an instance has to go.
     *
     * @param accompanied whether its app has other services, be they running or about to
     * @param counts which nodes can be a home
     * @return null: anywhere
     */
    public @Nullable NodeId of(ServiceId service, boolean accompanied, Predicate<NodeId> counts) {
        Map<ServiceName, Map<NodeId, Integer>> services = instances.getOrDefault(service.app(), Map.of());
        Map<NodeId, Integer> others = new HashMap<>();
        services.forEach((name, nodes) -> {
            if (!name.equals(service.service())) {
                nodes.forEach((node, count) -> others.merge(node, count, Integer::sum));
            }
        });
        return most(others, counts)
                .or(() -> accompanied
                        ? most(services.getOrDefault(service.service(), Map.of()), counts)
                        : Optional.empty())
                .orElse(null);
    }

    private static Optional<NodeId> most(Map<NodeId, Integer> nodes, Predicate<NodeId> counts) {
        return nodes.entrySet().stream()
                .filter(node -> counts.test(node.getKey()))
                .max(MOST)
                .map(Entry::getKey);
    }
}
