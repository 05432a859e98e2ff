package io.gantry.lifecyclemanager.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.PoolNode;
import io.gantry.contract.placement.CapacityReport.Shortage;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.capacity.Verdict.Decision;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a machine comes, when it goes, and when it does not. */
class CapacityPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(1));
    private static final String FILE = """
            pools:
              - name: burst
                min: %d
                max: 2
                size: {cpus: 2, memory: 4Gi}
                labels: {disk: ssd}
                scaleUpAfter: 1m
                coolDown: 2m
                idleFor: 10m
            """;

    /** What a test says of the world: nothing waits, and the load-balancer has just said so. */
    private static final class World {
        private final Fleet told;
        private final List<PoolMachine> machines = new ArrayList<>();
        private final Map<String, Instant> changes = new HashMap<>();
        private final Set<String> there = new HashSet<>(Set.of("vm-1", "vm-2", "vm-3"));
        private final Map<String, Instant> ready = new HashMap<>();
        private final Map<String, Integer> instances = new HashMap<>();
        private final List<Shortage> shortages = new ArrayList<>();
        private final List<PoolNode> nodes = new ArrayList<>();
        private int waiting;
        private @Nullable Instant said = NOW;

        World(String file) {
            told = FleetFile.parse("fleet.yaml", file);
        }

        /** One that was added long ago, and is ready. */
        World has(int number, @Nullable Instant idleSince) {
            String name = "burst-" + number;
            machines.add(new PoolMachine(name, "burst", LONG_AGO, null));
            return seen(name, idleSince, false);
        }

        World drains(int number, @Nullable Instant idleSince, Instant since) {
            String name = "burst-" + number;
            machines.add(new PoolMachine(name, "burst", LONG_AGO, since));
            return seen(name, idleSince, true);
        }

        private World seen(String name, @Nullable Instant idleSince, boolean cordoned) {
            changes.put("burst", LONG_AGO);
            there.add(name);
            ready.put(name, LONG_AGO);
            instances.put(name, idleSince == null ? 1 : 0);
            nodes.add(new PoolNode(new NodeId(name), true, cordoned, idleSince));
            return this;
        }

        World isComing(int number, Instant since) {
            String name = "burst-" + number;
            machines.add(new PoolMachine(name, "burst", since, null));
            there.add(name);
            return this;
        }

        World changedAt(Instant at) {
            changes.put("burst", at);
            return this;
        }

        World lacks(double cpus, String memory, Map<String, String> labels, Duration since) {
            waiting++;
            shortages.add(new Shortage(
                    new AppName("shop"),
                    List.of(new ServiceName("web")),
                    1,
                    cpus,
                    Memory.parse(memory),
                    labels,
                    NOW.minus(since)));
            return this;
        }

        World isShort() {
            return lacks(1, "1Gi", Map.of(), Duration.ofMinutes(1));
        }

        World bound() {
            waiting++;
            return this;
        }

        World said(@Nullable Instant at) {
            said = at;
            return this;
        }

        Verdict verdict() {
            Fleet fleet = told.with(machines.stream()
                    .map(machine -> told.pool(machine.pool())
                            .orElseThrow()
                            .machine(Integer.parseInt(machine.name().substring(6))))
                    .toList());
            return CapacityPolicy.judge(new Situation(
                    NOW,
                    fleet,
                    machines,
                    changes,
                    new FoundMachines(there, ready, instances),
                    said == null ? null : new CapacityReport(said, waiting, shortages, nodes),
                    Duration.ofSeconds(30)));
        }

        @Nullable
        Decision decision() {
            return verdict().decision();
        }

        Decision.Add add() {
            return new Decision.Add(told.pools().getFirst());
        }

        PoolMachine machine(String name) {
            return machines.stream()
                    .filter(machine -> machine.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static World world() {
        return new World(FILE.formatted(0));
    }

    private static World worldOfAtLeast(int min) {
        return new World(FILE.formatted(min));
    }

    private static void assertNothing(World world, String standing) {
        assertThat(world.verdict().decision()).isNull();
        assertThat(world.verdict().standing()).contains(standing);
    }

    // --- it comes ---

    @Test
    void where_nothing_waits_nothing_is_done() {
        assertNothing(world(), "Nothing is short.");
        assertNothing(world().said(null), "Nothing is short.");
    }

    @Test
    void what_has_waited_long_enough_and_would_be_helped_gets_a_machine() {
        World world = world().isShort();
        assertThat(world.decision()).isEqualTo(world.add());
        assertThat(world.verdict().standing())
                .isEqualTo(
                        "1 instance of shop/web has waited since 2026-01-01T11:59:00Z for a node with 1 cpus and 1Gi.");
    }

    @Test
    void what_has_not_waited_long_enough_waits() {
        assertNothing(
                world().lacks(1, "1Gi", Map.of(), Duration.ofSeconds(59)), "burst waits 1m before it adds a machine");
    }

    @Test
    void a_machine_that_would_not_help_is_not_added() {
        assertNothing(world().lacks(3, "1Gi", Map.of(), Duration.ofHours(1)), "a machine of burst is too small");
        assertNothing(world().lacks(1, "3841Mi", Map.of(), Duration.ofHours(1)), "a machine of burst is too small");
        assertNothing(
                world().lacks(1, "1Gi", Map.of("gpu", "yes"), Duration.ofHours(1)), "burst does not carry gpu=yes");
        assertNothing(world().bound(), "another would not help");
    }

    @Test
    void a_machine_that_just_fits_and_carries_the_labels_is_added() {
        World world =
                world().lacks(2, "3840Mi", Map.of("disk", "ssd", CapacityReport.POOL, "burst"), Duration.ofMinutes(1));
        assertThat(world.decision()).isEqualTo(world.add());
    }

    @Test
    void what_nobody_can_help_does_not_stand_in_the_way_of_what_waits_behind_it() {
        World world = world().lacks(64, "1Gi", Map.of(), Duration.ofHours(2)).isShort();
        assertThat(world.decision()).isEqualTo(world.add());
    }

    @Test
    void the_first_pool_that_would_help_is_taken() {
        World world = new World(
                FILE.formatted(0) + "  - {name: large, max: 1, size: {cpus: 8, memory: 32Gi}, scaleUpAfter: 1m}");
        assertThat(world.lacks(4, "8Gi", Map.of(), Duration.ofMinutes(1)).decision())
                .isEqualTo(new Decision.Add(world.told.pool("large").orElseThrow()));
        assertThat(world.isShort().decision())
                .isEqualTo(new Decision.Add(world.told.pool("large").orElseThrow()));
        World small =
                new World(FILE.formatted(0) + "  - {name: large, max: 1, size: {cpus: 8, memory: 32Gi}}").isShort();
        assertThat(small.decision()).isEqualTo(small.add());
    }

    @Test
    void never_more_than_max() {
        assertNothing(world().has(1, null).has(2, null).isShort(), "burst has its 2 machines");
    }

    @Test
    void never_two_at_a_time() {
        assertNothing(world().isComing(1, NOW.minusSeconds(90)).isShort(), "burst-1 is on its way");
        World leaving = world().isShort();
        leaving.there.add("burst-1");
        assertNothing(leaving, "burst-1 leaves the fleet");
        World silent = world().has(1, null).isShort();
        silent.instances.remove("burst-1");
        assertNothing(silent, "burst-1 does not answer");
    }

    @Test
    void never_a_second_one_before_the_load_balancer_knows_the_first() {
        World unknown = world().has(1, NOW).isShort();
        unknown.nodes.clear();
        assertNothing(unknown, "burst-1 takes no instances yet");
        unknown.nodes.add(new PoolNode(new NodeId("burst-1"), false, false, NOW));
        assertNothing(unknown, "burst-1 takes no instances yet");
    }

    @Test
    void not_while_its_pool_cools_down() {
        World world = world().has(1, null).isShort();
        assertThat(world.decision()).isEqualTo(world.add());
        assertNothing(world.changedAt(NOW.minusSeconds(119)), "burst cools down for 2m");
        assertThat(world.changedAt(NOW.minusSeconds(120)).decision()).isEqualTo(world.add());
        world.ready.put("burst-1", NOW.minusSeconds(119));
        assertNothing(world, "burst cools down for 2m");
    }

    @Test
    void never_by_a_report_that_is_stale() {
        assertThat(world().isShort().said(NOW.minusSeconds(30)).decision()).isNotNull();
        assertNothing(world().isShort().said(NOW.minusSeconds(31)), "has not been heard since 2026-01-01T11:59:29Z");
        assertNothing(world().isShort().said(NOW.plusSeconds(31)), "has not been heard since");
        assertThat(world().has(1, LONG_AGO).decision()).isNotNull();
        assertNothing(world().has(1, LONG_AGO).said(NOW.minusSeconds(31)), "has not been heard since");
    }

    @Test
    void what_is_to_be_there_at_least_comes_without_anything_waiting_one_after_the_other() {
        World world = worldOfAtLeast(2).said(null);
        assertThat(world.decision()).isEqualTo(world.add());
        assertNothing(world.isComing(1, NOW), "burst-1 is on its way");
        World one = worldOfAtLeast(2).has(1, null).changedAt(NOW).said(null);
        assertThat(one.decision()).isEqualTo(one.add());
        assertThat(one.verdict().standing()).isEqualTo("burst is to have at least 2 machines, and has 1.");
    }

    // --- it goes ---

    @Test
    void one_that_has_been_idle_long_enough_is_drained_the_one_that_has_been_longest() {
        World world = world().has(1, NOW.minus(Duration.ofMinutes(10))).has(2, NOW.minus(Duration.ofMinutes(11)));
        assertThat(world.decision()).isEqualTo(new Decision.Drain(world.machine("burst-2")));
        assertThat(world.verdict().standing()).isEqualTo("Nothing has run there since 2026-01-01T11:49:00Z.");
        assertNothing(world().has(1, NOW.minus(Duration.ofMinutes(10)).plusSeconds(1)), "Nothing is short.");
    }

    @Test
    void one_that_is_used_stays() {
        assertNothing(world().has(1, null), "Nothing is short.");
        World seen = world().has(1, LONG_AGO);
        seen.instances.put("burst-1", 1);
        assertNothing(seen, "Nothing is short.");
    }

    @Test
    void none_goes_while_anything_waits() {
        assertNothing(world().has(1, LONG_AGO).bound(), "another would not help");
        assertNothing(world().has(1, LONG_AGO).lacks(64, "1Gi", Map.of(), Duration.ofHours(1)), "burst is too small");
    }

    @Test
    void never_fewer_than_min() {
        assertNothing(worldOfAtLeast(1).has(1, LONG_AGO), "Nothing is short.");
        assertThat(worldOfAtLeast(1).has(1, LONG_AGO).has(2, LONG_AGO).decision())
                .isInstanceOf(Decision.Drain.class);
    }

    @Test
    void none_goes_while_its_pool_cools_down() {
        assertNothing(world().has(1, LONG_AGO).changedAt(NOW.minusSeconds(119)), "Nothing is short.");
    }

    @Test
    void none_goes_while_another_is_on_its_way_or_leaves() {
        assertNothing(world().has(1, LONG_AGO).isComing(2, NOW), "burst-2 is on its way");
        World world = world().has(1, LONG_AGO);
        world.there.add("vm-9");
        assertNothing(world, "vm-9 leaves the fleet");
    }

    @Test
    void one_that_is_drained_is_removed_when_a_later_report_and_its_engine_say_that_it_is_empty() {
        Instant since = NOW.minusSeconds(5);
        World world = world().drains(1, LONG_AGO, since);
        assertThat(world.decision()).isEqualTo(new Decision.Remove(world.machine("burst-1")));

        assertNothing(world().drains(1, LONG_AGO, since).said(since), "burst-1 is drained");
        assertNothing(world().drains(1, LONG_AGO, since).said(NOW.minusSeconds(31)), "burst-1 is drained");
        World open = world().drains(1, LONG_AGO, since);
        open.nodes.set(0, new PoolNode(new NodeId("burst-1"), true, false, LONG_AGO));
        assertNothing(open, "burst-1 is drained");
        World running = world().drains(1, LONG_AGO, since);
        running.instances.put("burst-1", 1);
        assertNothing(running, "burst-1 is drained");
    }

    @Test
    void one_that_is_drained_stays_after_all_if_it_is_wanted_again() {
        Instant since = NOW.minusSeconds(5);
        World used = world().drains(1, null, since);
        assertThat(used.decision()).isEqualTo(new Decision.Keep(used.machine("burst-1")));
        World waiting = world().drains(1, LONG_AGO, since).bound();
        assertThat(waiting.decision()).isEqualTo(new Decision.Keep(waiting.machine("burst-1")));
        World few = worldOfAtLeast(1).drains(1, LONG_AGO, since);
        assertThat(few.decision()).isEqualTo(new Decision.Keep(few.machine("burst-1")));
        assertNothing(world().drains(1, null, since).said(since), "burst-1 is drained");
    }

    @Test
    void one_that_never_became_ready_is_given_up_when_nothing_has_waited_for_long() {
        World world = world().isComing(1, NOW.minus(Duration.ofMinutes(10)));
        assertThat(world.decision()).isEqualTo(new Decision.Remove(world.machine("burst-1")));
        assertThat(world.said(NOW.minus(Duration.ofHours(1))).decision())
                .as("who has nothing to tell is silent")
                .isNotNull();
        assertNothing(world().isComing(1, NOW.minus(Duration.ofMinutes(9))), "burst-1 is on its way");
        assertNothing(world().isComing(1, LONG_AGO).isShort(), "burst-1 is on its way");
        assertNothing(worldOfAtLeast(1).isComing(1, LONG_AGO), "burst-1 is on its way");
    }
}
