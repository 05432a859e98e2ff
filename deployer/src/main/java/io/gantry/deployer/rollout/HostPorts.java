package io.gantry.deployer.rollout;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has which port of a node. Two instances never claim the same one; what others on the node use, its engine knows. */
@Component
class HostPorts {
    private static final int CANDIDATES = 32;
    private static final int ROUNDS = 20;

    private final JdbcClient jdbc;
    private final RolloutSettings settings;

    HostPorts(JdbcClient jdbc, RolloutSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** The port that the instance has claimed, or now claims. */
    int claim(NodeId node, InstanceId instance) {
        return claim(node, instance, Set.of());
    }

    /** Claims another port, as these turned out to be in use. */
    int claimOther(NodeId node, InstanceId instance, Set<Integer> inUse) {
        release(node, instance);
        return claim(node, instance, inUse);
    }

    void release(NodeId node, InstanceId instance) {
        jdbc.sql("delete from host_port where node = ? and instance = ?")
                .params(node.value(), instance.value())
                .update();
    }

    private int claim(NodeId node, InstanceId instance, Set<Integer> inUse) {
        SplittableRandom random = new SplittableRandom(instance.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Integer> port = tryClaim(node, instance, candidates(random, inUse));
            if (port.isPresent()) {
                return port.get();
            }
        }
        throw new IllegalStateException(
                "The ports %d to %d of %s are used up".formatted(settings.firstPort(), settings.lastPort(), node));
    }

    /** As the database writes an array. */
    private String candidates(SplittableRandom random, Set<Integer> inUse) {
        return random.ints(settings.firstPort(), settings.lastPort() + 1)
                .filter(port -> !inUse.contains(port))
                .limit(CANDIDATES)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private Optional<Integer> tryClaim(NodeId node, InstanceId instance, String candidates) {
        return jdbc.sql("""
                        with claimed as (
                            insert into host_port (node, port, instance)
                            select :node, candidate, :instance
                            from unnest(:candidates::integer[]) with ordinality as listed (candidate, place)
                            where not exists (select from host_port where node = :node and port = candidate)
                            order by place limit 1
                            on conflict do nothing returning port)
                        select port from claimed
                        union all select port from host_port where node = :node and instance = :instance""")
                .param("node", node.value())
                .param("instance", instance.value())
                .param("candidates", candidates)
                .query(Integer.class)
                .optional();
    }
}
