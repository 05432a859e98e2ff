package io.gantry.loadbalancer.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.loadbalancer.Fixtures;
import io.gantry.loadbalancer.ServiceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random clusters, filled until nothing fits, beside a plain model of what a node may take. The seed is in the name. */
class PlacerTest {
    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_chosen_fits_and_what_fits_is_never_refused(int seed) {
        World world = new World(seed);
        for (int request = 0; request < 1500; request++) {
            Demand demand = world.demand();
            NodeId chosen = world.placer.choose(demand);
            if (chosen == null) {
                assertThat(world.fitting(demand)).isEmpty();
                world.releaseSome();
            } else {
                assertThat(world.fitting(demand)).extracting(Spot::id).contains(chosen);
                world.reserve(chosen, demand);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_service_that_spreads_goes_where_it_has_the_fewest_instances(int seed) {
        World world = new World(seed);
        for (int request = 0; request < 1000; request++) {
            Demand demand = world.demand();
            NodeId chosen = world.placer.choose(demand);
            if (chosen != null && demand.spread()) {
                int fewest = world.fitting(demand).stream()
                        .mapToInt(spot -> spot.replicas(demand.service()))
                        .min()
                        .orElseThrow();
                assertThat(world.spot(chosen).replicas(demand.service())).isEqualTo(fewest);
            }
            if (chosen != null) {
                world.reserve(chosen, demand);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void among_few_nodes_the_best_of_all_is_chosen(int seed) {
        World world = new World(seed, 1 + seed % 32);
        for (int request = 0; request < 500; request++) {
            Demand demand = world.demand();
            NodeId chosen = world.placer.choose(demand);
            if (chosen != null) {
                assertThat(world.spot(chosen).score(demand))
                        .usingComparator(SCORE)
                        .isEqualTo(world.fitting(demand).stream()
                                .map(spot -> spot.score(demand))
                                .min(SCORE)
                                .orElseThrow());
                world.reserve(chosen, demand);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_explanation_agrees_with_the_choice(int seed) {
        World world = new World(seed, 1 + seed % 40);
        for (int request = 0; request < 300; request++) {
            Demand demand = world.demand();
            Explanation why = Explanation.of(world.cluster, demand);
            NodeId chosen = world.placer.choose(demand);
            assertThat(why.candidates().isEmpty()).isEqualTo(chosen == null);
            assertThat(why.candidates().size() + why.vetoes().size()).isEqualTo(world.spots.size());
            assertThat(why.candidates())
                    .extracting(Candidate::node)
                    .containsExactlyInAnyOrderElementsOf(
                            world.fitting(demand).stream().map(Spot::id).toList());
            if (chosen != null) {
                world.reserve(chosen, demand);
            }
        }
    }

    @Test
    void the_same_seed_gives_the_same_choices() {
        assertThat(choices(7)).isEqualTo(choices(7));
    }

    @Test
    void what_is_taken_and_given_back_leaves_nothing() {
        World world = new World(3);
        for (int request = 0; request < 5000; request++) {
            Demand demand = world.demand();
            NodeId chosen = world.placer.choose(demand);
            if (chosen != null) {
                world.reserve(chosen, demand);
            }
        }
        world.releaseAll();
        assertThat(world.cluster.loads()).containsOnly(0);
    }

    @Test
    void many_nodes_are_filled_evenly() {
        Cluster cluster = new Cluster();
        IntStream.range(0, 500).forEach(number -> cluster.set(Fixtures.node("n" + number, 100, 100_000)));
        Placer placer = new Placer(cluster, 1);
        Share share = new Share(1000, 1 << 20);
        for (int number = 0; number < 500 * 50; number++) {
            ServiceId service = service(number % 1000);
            NodeId chosen = placer.choose(new Demand(service, share, Map.of(), true, Set.of()));
            cluster.reserve(Objects.requireNonNull(chosen), service, share);
        }
        assertThat(DoubleStream.of(cluster.loads()).summaryStatistics())
                .satisfies(
                        loads -> assertThat(loads.getMin()).isGreaterThan(0.46),
                        loads -> assertThat(loads.getMax()).isLessThan(0.53));
    }

    private static final Comparator<double[]> SCORE =
            Comparator.<double[]>comparingDouble(score -> score[0]).thenComparingDouble(score -> score[1]);

    private static List<@Nullable NodeId> choices(int seed) {
        World world = new World(seed, 100);
        List<@Nullable NodeId> choices = new ArrayList<>();
        for (int request = 0; request < 500; request++) {
            Demand demand = world.demand();
            NodeId chosen = world.placer.choose(demand);
            choices.add(chosen);
            if (chosen != null) {
                world.reserve(chosen, demand);
            }
        }
        return choices;
    }

    private static ServiceId service(int number) {
        return new ServiceId(new AppName("shop"), new ServiceName("service-" + number));
    }

    /** One node of the model. */
    private static final class Spot {
        final Node node;
        final Map<ServiceId, Integer> replicas = new HashMap<>();
        long milliCpus;
        long memory;

        Spot(Node node) {
            this.node = node;
        }

        NodeId id() {
            return node.id();
        }

        int replicas(ServiceId service) {
            return replicas.getOrDefault(service, 0);
        }

        boolean fits(Demand demand) {
            return node.state() == NodeState.READY
                    && !node.cordoned()
                    && node.labels().entrySet().containsAll(demand.labels().entrySet())
                    && !demand.avoid().contains(node.id())
                    && milliCpus + demand.share().milliCpus() <= node.cpus() * 1000
                    && memory + demand.share().memory() <= node.memory().bytes();
        }

        double[] score(Demand demand) {
            double cpu = (milliCpus + demand.share().milliCpus()) * (1 / (node.cpus() * 1000));
            double mem =
                    (memory + demand.share().memory()) * (1.0 / node.memory().bytes());
            return new double[] {demand.spread() ? replicas(demand.service()) : 0, Math.max(cpu, mem)};
        }

        void book(Demand demand, int sign) {
            milliCpus += sign * demand.share().milliCpus();
            memory += sign * demand.share().memory();
            replicas.merge(demand.service(), sign, Integer::sum);
        }
    }

    private record Booking(NodeId node, Demand demand) {}

    /** A cluster and its model, drawn from one seed. */
    private static final class World {
        final Random random;
        final Cluster cluster = new Cluster();
        final Placer placer;
        final List<Spot> spots = new ArrayList<>();
        final List<Booking> bookings = new ArrayList<>();

        World(int seed) {
            this(seed, 1 + new Random(seed).nextInt(90));
        }

        World(int seed, int nodes) {
            random = new Random(seed);
            placer = new Placer(cluster, seed);
            IntStream.range(0, nodes).mapToObj(this::node).forEach(node -> {
                spots.add(new Spot(node));
                cluster.set(node);
            });
        }

        private Node node(int number) {
            Node node = Fixtures.node("n" + number, 1 + random.nextInt(8), 1024 * (1 + random.nextInt(8)));
            if (random.nextInt(10) == 0) {
                node = Fixtures.cordoned(node);
            }
            if (random.nextInt(10) == 0) {
                node = Fixtures.unreachable(node);
            }
            return switch (random.nextInt(3)) {
                case 0 -> Fixtures.labelled(node, Map.of("zone", "1"));
                case 1 -> Fixtures.labelled(node, Map.of("zone", "1", "disk", "ssd"));
                default -> node;
            };
        }

        Demand demand() {
            Map<String, String> labels = List.of(
                            Map.<String, String>of(),
                            Map.<String, String>of(),
                            Map.of("zone", "1"),
                            Map.of("zone", "1", "disk", "ssd"),
                            Map.of("zone", "9"))
                    .get(random.nextInt(random.nextInt(20) == 0 ? 5 : 4));
            Set<NodeId> avoid = random.nextInt(8) == 0
                    ? spots.stream()
                            .filter(_ -> random.nextBoolean())
                            .map(Spot::id)
                            .collect(Collectors.toSet())
                    : Set.of();
            return new Demand(
                    service(random.nextInt(5)),
                    new Share(
                            100L * random.nextInt(1, 8),
                            Memory.mebibytes(64 * random.nextInt(1, 8)).bytes()),
                    labels,
                    random.nextInt(4) > 0,
                    avoid);
        }

        /** Nodes to avoid are among them only if there are no others. */
        List<Spot> fitting(Demand demand) {
            List<Spot> best = spots.stream().filter(spot -> spot.fits(demand)).toList();
            return best.isEmpty()
                    ? spots.stream()
                            .filter(spot -> spot.fits(demand.wherever()))
                            .toList()
                    : best;
        }

        Spot spot(NodeId id) {
            return spots.stream()
                    .filter(spot -> spot.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        void reserve(NodeId node, Demand demand) {
            bookings.add(new Booking(node, demand));
            spot(node).book(demand, 1);
            cluster.reserve(node, demand.service(), demand.share());
        }

        void releaseSome() {
            for (int count = bookings.size() / 10; count > 0; count--) {
                release(bookings.remove(random.nextInt(bookings.size())));
            }
        }

        void releaseAll() {
            bookings.forEach(this::release);
            bookings.clear();
        }

        private void release(Booking booking) {
            spot(booking.node()).book(booking.demand(), -1);
            cluster.release(
                    booking.node(), booking.demand().service(), booking.demand().share());
        }
    }
}
