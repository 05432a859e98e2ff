package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.reconciliation.Seen.Fit;
import io.gantry.lifecyclemanager.reconciliation.Seen.Power;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.lifecyclemanager.replica.Replica;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Fleet FLEET = FleetFile.standard();
    private static final List<String> BEGUN =
            List.of("postgres", "blob-storage", "container-registry", "lifecycle-manager");

    /** What a test says of the world: as it is to be, but for what the test changes. */
    private static final class World {
        private final Fleet fleet;
        private final Assignment assignment;
        private final Map<String, SeenMachine> machines = new TreeMap<>();
        private final Map<Replica, String> digests = new HashMap<>();
        private String self = "vm-1";

        World(Fleet fleet) {
            this.fleet = fleet;
            this.assignment = Assignment.of(fleet, List.of(new Replica("lifecycle-manager", "vm-1")), Set.of());
            assignment.replicas().forEach(replica -> digests.put(replica, "new"));
            fleet.machines().forEach(machine -> on(machine.name()));
        }

        World on(String machine) {
            Map<String, SeenService> services = new HashMap<>();
            assignment.replicas().stream()
                    .filter(replica -> replica.machine().equals(machine))
                    .forEach(replica -> services.put(replica.service(), service("new", true, true)));
            return seen(machine, Power.ON, true, new Sight.Running(services, 0));
        }

        World seen(String machine, Power power, boolean prepared, Sight sight) {
            machines.put(machine, new SeenMachine(machine, power, prepared, sight));
            return this;
        }

        World cordoned(String machine, int instances) {
            Sight sight = new Sight.Running(Map.of(), instances);
            machines.put(machine, new SeenMachine(machine, Power.ON, true, sight, new Fit.Right(), true));
            return this;
        }

        World with(Replica replica, SeenService service) {
            return change(replica, service, false);
        }

        World without(Replica replica) {
            return change(replica, service("", false, false), true);
        }

        private World change(Replica replica, SeenService service, boolean away) {
            SeenMachine machine = machines.get(replica.machine());
            assertThat(machine).isNotNull();
            Sight.Running running = (Sight.Running) machine.sight();
            Map<String, SeenService> services = new HashMap<>(running.services());
            services.put(replica.service(), service);
            if (away) {
                services.remove(replica.service());
            }
            return seen(
                    machine.name(),
                    machine.power(),
                    machine.prepared(),
                    new Sight.Running(services, running.instances()));
        }

        /** Where the first replica of a service is to run. */
        Replica replica(String service) {
            return new Replica(service, assignment.first(service).orElseThrow());
        }

        Plan plan() {
            return Planner.plan(new Desired(fleet, assignment, digests), new Seen(machines), self);
        }
    }

    private static SeenService service(String digest, boolean running, boolean ready) {
        return new SeenService(digest, running, ready, Instant.EPOCH);
    }

    private static World asItIsToBe() {
        return new World(FLEET);
    }

    private static Sight silent(boolean mended) {
        return new Sight.Silent("vm-2 says nothing", mended, mended);
    }

    @Test
    void nothing_is_done_where_all_is_as_it_is_to_be() {
        assertThat(asItIsToBe().plan()).isEqualTo(new Plan(List.of(), List.of(), List.of(), false));
        assertThat(asItIsToBe().plan().settled()).isTrue();
    }

    @Test
    void machines_that_are_not_there_are_created_all_at_once() {
        Plan plan = asItIsToBe()
                .seen("vm-2", Power.ABSENT, false, new Sight.NotAsked())
                .seen("vm-3", Power.HALF_MADE, false, new Sight.NotAsked())
                .plan();
        assertThat(plan.steps()).containsExactly(new Step.CreateMachine("vm-2"), new Step.CreateMachine("vm-3"));
        assertThat(plan.settled()).isFalse();
    }

    @Test
    void a_machine_that_is_off_is_started_and_one_without_docker_is_prepared() {
        Plan plan = asItIsToBe()
                .seen("vm-2", Power.OFF, true, new Sight.NotAsked())
                .seen("vm-3", Power.ON, false, new Sight.NotAsked())
                .plan();
        assertThat(plan.steps()).containsExactly(new Step.StartMachine("vm-2"), new Step.PrepareDocker("vm-3"));
    }

    @Test
    void an_engine_is_not_prepared_before_the_registry_has_an_address() {
        Plan plan = asItIsToBe()
                .seen("vm-1", Power.ABSENT, false, new Sight.NotAsked())
                .seen("vm-3", Power.ON, false, new Sight.NotAsked())
                .plan();
        assertThat(plan.steps())
                .contains(new Step.CreateMachine("vm-1"))
                .doesNotContain(new Step.PrepareDocker("vm-3"));
        assertThat(plan.waitsFor()).contains("the address of vm-1, before Docker is prepared on vm-3");
    }

    @Test
    void unreachable_is_not_absent() {
        Plan plan = asItIsToBe().seen("vm-2", Power.ON, true, silent(false)).plan();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.waitsFor()).contains("vm-2 says nothing");
        assertThat(plan.settled()).isFalse();
    }

    @Test
    void a_provider_that_does_not_answer_is_waited_for_and_known_machines_are_used_all_the_same() {
        World world = asItIsToBe().seen("vm-3", Power.UNKNOWN, false, new Sight.NotAsked());
        SeenMachine two = world.machines.get("vm-2");
        assertThat(two).isNotNull();
        Plan plan = world.seen("vm-2", Power.UNKNOWN, true, two.sight()).plan();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.waitsFor()).contains("the provider to say what became of vm-3");
    }

    @Test
    void an_engine_that_is_down_on_a_machine_that_answers_is_prepared_again() {
        assertThat(asItIsToBe()
                        .seen("vm-2", Power.ON, true, silent(true))
                        .plan()
                        .steps())
                .containsExactly(new Step.PrepareDocker("vm-2"));
    }

    @Test
    void at_first_only_kafka_is_started_as_all_others_need_it() {
        World world = asItIsToBe();
        world.assignment.replicas().stream()
                .filter(replica -> !BEGUN.contains(replica.service()))
                .forEach(world::without);
        Plan plan = world.plan();
        assertThat(plan.steps()).containsExactly(new Step.EnsureService("kafka", "vm-1"));
        assertThat(plan.waitsFor()).anyMatch(sentence -> sentence.startsWith("kafka, which scheduler"));
    }

    @Test
    void what_runs_and_is_not_ready_yet_holds_up_what_needs_it() {
        World world = asItIsToBe();
        world.with(world.replica("scheduler"), service("new", true, false)).without(world.replica("monitoring"));
        Plan plan = world.plan();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.waitsFor())
                .contains(world.replica("scheduler") + " to become ready")
                .contains("scheduler, which %s needs".formatted(world.replica("monitoring")));
    }

    @Test
    void what_is_not_needed_is_not_touched_when_what_it_needs_is_down() {
        World world = asItIsToBe();
        world.with(world.replica("kafka"), service("new", true, false));
        assertThat(world.plan().steps()).isEmpty();
    }

    @Test
    void a_service_that_is_described_otherwise_or_does_not_run_is_ensured() {
        World world = asItIsToBe();
        world.with(world.replica("scheduler"), service("old", true, true))
                .with(world.replica("deployer"), service("new", false, false));
        assertThat(world.plan().steps())
                .containsExactlyInAnyOrder(
                        new Step.EnsureService(
                                "scheduler", world.replica("scheduler").machine()),
                        new Step.EnsureService(
                                "deployer", world.replica("deployer").machine()));
    }

    @Test
    void a_service_whose_description_is_not_known_yet_waits() {
        World world = asItIsToBe();
        Replica scheduler = world.replica("scheduler");
        world.digests.remove(scheduler);
        Plan plan = world.without(scheduler).plan();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.waitsFor()).contains("the addresses of those that %s works with".formatted(scheduler));
    }

    @Test
    void what_runs_where_it_is_not_to_run_is_removed_once_it_is_ready_elsewhere() {
        World world = asItIsToBe();
        Replica scheduler = world.replica("scheduler");
        world.with(new Replica("scheduler", "vm-3"), service("new", true, true));
        assertThat(world.plan().steps()).containsExactly(new Step.RemoveService("scheduler", "vm-3"));
        Plan before = world.with(scheduler, service("new", true, false)).plan();
        assertThat(before.steps()).isEmpty();
        assertThat(before.waitsFor()).contains("scheduler to be ready elsewhere, before it leaves vm-3");
    }

    @Test
    void what_the_fleet_does_not_have_any_more_is_removed() {
        World world = asItIsToBe();
        assertThat(world.with(new Replica("metrics", "vm-2"), service("", true, false))
                        .plan()
                        .steps())
                .containsExactly(new Step.RemoveService("metrics", "vm-2"));
    }

    @Test
    void a_machine_that_is_to_leave_is_emptied_and_then_deleted() {
        World world = asItIsToBe();
        Sight busy = new Sight.Running(Map.of("scheduler", service("new", true, true)), 2);
        Plan emptying = world.seen("old", Power.ON, true, busy).plan();
        assertThat(emptying.steps()).containsExactly(new Step.RemoveService("scheduler", "old"));
        assertThat(emptying.waitsFor()).contains("platform services to leave old");

        Plan waiting = world.seen("old", Power.ON, true, new Sight.Running(Map.of(), 2))
                .plan();
        assertThat(waiting.steps()).isEmpty();
        assertThat(waiting.waitsFor()).containsExactly("2 instances to leave old");

        assertThat(world.cordoned("old", 0).plan().steps()).containsExactly(new Step.DeleteMachine("old"));
        assertThat(world.seen("old", Power.OFF, true, new Sight.NotAsked())
                        .plan()
                        .steps())
                .containsExactly(new Step.DeleteMachine("old"));
    }

    /** An app could be placed there in between. */
    @Test
    void one_that_is_empty_when_it_is_to_leave_is_not_deleted_before_others_know_that_it_takes_nothing_new() {
        World world = asItIsToBe();
        Plan untold = world.seen("old", Power.ON, true, new Sight.Running(Map.of(), 0))
                .plan();
        assertThat(untold.steps()).isEmpty();
        assertThat(untold.waitsFor())
                .containsExactly("others to know that old takes nothing new, before it is deleted");

        Plan placedMeanwhile = world.cordoned("old", 1).plan();
        assertThat(placedMeanwhile.steps()).isEmpty();
        assertThat(placedMeanwhile.waitsFor()).containsExactly("1 instances to leave old");
    }

    @Test
    void a_machine_that_is_to_leave_and_does_not_answer_is_not_deleted() {
        Plan plan = asItIsToBe().seen("old", Power.ON, true, silent(false)).plan();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.waitsFor()).containsExactly("vm-2 says nothing");
    }

    @Test
    void a_manager_counts_itself_as_ready_and_never_replaces_itself() {
        World world = asItIsToBe();
        Replica self = new Replica("lifecycle-manager", "vm-1");
        world.with(self, service("new", true, false)).without(world.replica("monitoring"));
        Plan plan = world.plan();
        assertThat(plan.steps())
                .containsExactly(new Step.EnsureService(
                        "monitoring", world.replica("monitoring").machine()));
        assertThat(plan.handsOver()).isFalse();
    }

    @Test
    void a_manager_that_is_to_be_replaced_hands_over_to_another_that_is_ready() {
        Replica self = new Replica("lifecycle-manager", "vm-1");
        World world = asItIsToBe().with(self, service("old", true, true));
        assertThat(world.plan().handsOver()).isTrue();
        assertThat(world.plan().steps()).isEmpty();

        world.self = "vm-2";
        assertThat(world.assignment.of("lifecycle-manager")).contains("vm-2");
        assertThat(world.plan().steps()).containsExactly(new Step.EnsureService("lifecycle-manager", "vm-1"));
    }

    @Test
    void a_manager_that_is_alone_hands_over_to_nobody() {
        World world = asItIsToBe().with(new Replica("lifecycle-manager", "vm-1"), service("old", true, true));
        world.assignment.of("lifecycle-manager").stream()
                .filter(machine -> !machine.equals("vm-1"))
                .forEach(machine -> world.with(new Replica("lifecycle-manager", machine), service("new", true, false)));
        assertThat(world.plan().handsOver()).isFalse();
    }

    @Test
    void too_few_machines_are_waited_for() {
        Fleet fleet = FleetFile.parse(
                "f", "machines: [{name: vm-1}, {name: vm-2}]\nservices: [{name: deployer, replicas: 2}]");
        World world = new World(fleet);
        Assignment one = Assignment.of(fleet, world.assignment.replicas(), Set.of("vm-2"));
        Plan plan = Planner.plan(new Desired(fleet, one, world.digests), new Seen(world.machines), "vm-1");
        assertThat(plan.waitsFor()).contains("a machine more that may run deployer: 1 of 2 replicas have one");
    }
}
