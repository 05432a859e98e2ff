package io.gantry.benchmarks.placement;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.placement.Demand;
import io.gantry.loadbalancer.placement.Share;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A synthetic fleet, a fifth full, and what is asked of it: nodes of 5 sizes in 3 zones, instances of 3 sizes, 50 of each service, one
 * in ten bound to a zone.
 */
final class Trace {
    private static final long SEED = 42;
    private static final double MOST_AT_THE_START = 0.4;
    private static final int ZONES = 3;
    private static final int INSTANCES_OF_A_SERVICE = 50;
    private static final int[] CORES = {16, 32, 48, 64, 96};
    private static final List<Share> SIZES = List.of(
            new Share(100, Memory.mebibytes(256).bytes()),
            new Share(250, Memory.mebibytes(512).bytes()),
            new Share(500, Memory.mebibytes(2048).bytes()));

    private final List<ServiceId> services;
    private final List<Node> nodes;
    private final List<Demand> demands;

    Trace(int nodeCount, int demandCount) {
        Random random = new Random(SEED);
        services = IntStream.rangeClosed(0, demandCount / INSTANCES_OF_A_SERVICE)
                .mapToObj(number -> new ServiceId(new AppName("app-" + number / 3), new ServiceName("s-" + number)))
                .toList();
        nodes = IntStream.range(0, nodeCount).mapToObj(Trace::node).toList();
        demands = IntStream.range(0, demandCount)
                .mapToObj(number -> demand(random))
                .toList();
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Demand> demands() {
        return demands;
    }

    /** Fills each node to somewhere between nothing and two fifths. */
    void replayStart(Contender contender) {
        Random random = new Random(SEED);
        for (Node node : nodes) {
            double milliCpus = node.cpus() * 1000 * MOST_AT_THE_START * random.nextDouble();
            while (milliCpus > 0) {
                Demand demand = demand(random);
                contender.reserve(node.id(), demand);
                milliCpus -= demand.share().milliCpus();
            }
        }
    }

    private static Node node(int number) {
        int cores = CORES[number % CORES.length];
        return new Node(
                new NodeId("node-" + number),
                URI.create("ssh://gantry@node-" + number),
                null,
                "node-" + number,
                cores,
                Memory.mebibytes(cores * 4096L),
                Map.of("zone", zone(number % ZONES)),
                NodeState.READY,
                false,
                Instant.EPOCH);
    }

    private Demand demand(Random random) {
        Map<String, String> labels = random.nextInt(10) == 0 ? Map.of("zone", zone(random.nextInt(ZONES))) : Map.of();
        return new Demand(
                services.get(random.nextInt(services.size())),
                SIZES.get(random.nextInt(SIZES.size())),
                labels,
                true,
                Set.of());
    }

    private static String zone(int number) {
        return "zone-" + number;
    }
}
