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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When a machine whose size was changed is resized. */
class ResizesTest {
    private static final Fleet FLEET = FleetFile.parse("fleet", """
            name: shop
            machines: [{name: vm-1}, {name: vm-2}, {name: vm-3, role: worker}]
            """);
    private static final Assignment ASSIGNMENT = Assignment.of(FLEET, List.of(), Set.of());
    private static final Fit WRONG = new Fit.Wrong();

    private final Map<String, SeenMachine> machines = new HashMap<>();
    private String self = "vm-1";

    ResizesTest() {
        FLEET.machines().forEach(machine -> see(machine.name(), new Fit.Right(), false, 0));
    }

    private ResizesTest see(String machine, Fit fit, boolean cordoned, int instances) {
        Map<String, SeenService> services = ASSIGNMENT.replicas().stream()
                .filter(replica -> replica.machine().equals(machine))
                .collect(Collectors.toMap(Replica::service, _ -> new SeenService("new", true, true, Instant.EPOCH)));
        return see(machine, Power.ON, new Sight.Running(services, instances), fit, cordoned);
    }

    private ResizesTest see(String machine, Power power, Sight sight, Fit fit, boolean cordoned) {
        machines.put(machine, new SeenMachine(machine, power, true, sight, fit, cordoned));
        return this;
    }

    private Desired desired() {
        return new Desired(
                FLEET,
                ASSIGNMENT,
                ASSIGNMENT.replicas().stream().collect(Collectors.toMap(replica -> replica, _ -> "new")));
    }

    private Plan plan() {
        return Planner.plan(desired(), new Seen(machines), self);
    }

    private Optional<String> next() {
        return Resizes.next(desired(), new Seen(machines));
    }

    @Test
    void where_all_are_as_large_as_they_are_to_be_nothing_is_done() {
        assertThat(next()).isEmpty();
        assertThat(plan().settled()).isTrue();
    }

    @Test
    void it_is_resized_once_others_know_that_it_takes_nothing_new_and_nothing_runs_there() {
        assertThat(see("vm-3", WRONG, false, 0).plan().steps()).isEmpty();
        assertThat(plan().waitsFor())
                .containsExactly("others to know that vm-3 takes nothing new, before it is resized");

        assertThat(see("vm-3", WRONG, true, 2).plan().steps()).isEmpty();
        assertThat(plan().waitsFor()).containsExactly("2 instances to leave vm-3, before it is resized");

        assertThat(see("vm-3", WRONG, true, 0).plan().steps()).containsExactly(new Step.ResizeMachine("vm-3"));
    }

    @Test
    void platform_services_that_keep_no_data_do_not_keep_it_from_being_resized() {
        assertThat(see("vm-2", WRONG, true, 0).plan().steps()).containsExactly(new Step.ResizeMachine("vm-2"));
    }

    @Test
    void one_machine_is_resized_after_the_other() {
        see("vm-2", WRONG, true, 0).see("vm-3", WRONG, true, 0);
        assertThat(next()).contains("vm-2");
        assertThat(plan().steps()).containsExactly(new Step.ResizeMachine("vm-2"));
        assertThat(plan().waitsFor()).contains("all other machines to answer, before vm-3 is resized");
    }

    @Test
    void the_one_that_is_off_for_it_is_ended_first() {
        see("vm-2", WRONG, true, 0).see("vm-3", Power.OFF, new Sight.NotAsked(), WRONG, true);
        assertThat(next()).contains("vm-3");
        assertThat(plan().steps()).containsExactly(new Step.ResizeMachine("vm-3"));
    }

    @Test
    void while_another_is_away_none_is_resized() {
        see("vm-2", WRONG, true, 0)
                .see("vm-3", Power.ON, new Sight.Silent("vm-3 says nothing", false, false), new Fit.Right(), false);
        assertThat(next()).isEmpty();
        assertThat(plan().steps()).isEmpty();
        assertThat(plan().waitsFor()).contains("all other machines to answer, before vm-2 is resized");
    }

    @Test
    void what_the_fleet_began_with_is_not_resized_from_within() {
        see("vm-1", WRONG, true, 0);
        assertThat(next()).isEmpty();
        assertThat(plan().steps()).isEmpty();
        assertThat(plan().waitsFor()).containsExactly("gantry up to resize vm-1, which the fleet began with");
        assertThat(see("vm-1", Power.OFF, new Sight.NotAsked(), WRONG, false)
                        .plan()
                        .steps())
                .containsExactly(new Step.StartMachine("vm-1"));
    }

    @Test
    void what_its_provider_refused_is_told_and_not_asked_for_again() {
        see("vm-3", new Fit.Refused("There is no room."), false, 2);
        assertThat(next()).isEmpty();
        assertThat(plan())
                .isEqualTo(new Plan(List.of(), List.of("There is no room."), List.of("There is no room."), false));
        assertThat(see("vm-3", Power.OFF, new Sight.NotAsked(), new Fit.Refused("There is no room."), false)
                        .plan()
                        .steps())
                .containsExactly(new Step.StartMachine("vm-3"));
    }

    @Test
    void one_that_is_as_large_already_is_made_known_as_such() {
        assertThat(see("vm-1", new Fit.Untold(), false, 3).plan().steps()).containsExactly(new Step.NoteSize("vm-1"));
        assertThat(next()).isEmpty();
    }

    @Test
    void a_manager_hands_over_before_its_own_machine_is_resized() {
        self = "vm-2";
        Plan plan = see("vm-2", WRONG, true, 0).plan();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.handsOver()).isTrue();
        assertThat(plan.waitsFor())
                .containsExactly("another lifecycle manager to act, before vm-2 is resized, where this one runs");
    }
}
