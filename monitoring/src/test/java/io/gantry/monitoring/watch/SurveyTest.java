package io.gantry.monitoring.watch;

import static io.gantry.monitoring.unit.UnitState.DOWN;
import static io.gantry.monitoring.unit.UnitState.SUSPECT;
import static io.gantry.monitoring.unit.UnitState.UNKNOWN;
import static io.gantry.monitoring.unit.UnitState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.registry.NodeState;
import io.gantry.monitoring.unit.Unit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What follows from the signs of several units together, and from time that monitoring did not live through. */
class SurveyTest {
    private static final Unit VM_1 = new Unit.Machine("vm-1");
    private static final Unit VM_2 = new Unit.Machine("vm-2");
    private static final Unit VM_3 = new Unit.Machine("vm-3");
    private static final Unit NODE_MANAGER = new Unit.Replica("node-manager", "vm-1");
    private static final Unit SCHEDULER = new Unit.Replica("scheduler", "vm-2");
    private static final Unit DEPLOYER = new Unit.Replica("deployer", "vm-2");

    private final PlayedFleet fleet = new PlayedFleet()
            .with(VM_1, VM_2, VM_3, NODE_MANAGER, SCHEDULER, DEPLOYER)
            .node("vm-1", NodeState.READY)
            .node("vm-2", NodeState.READY)
            .node("vm-3", NodeState.READY);

    @Test
    void a_lost_machine_is_one_fault_and_nothing_is_concluded_of_what_runs_on_it() {
        fleet.silence(VM_2, SCHEDULER, DEPLOYER).node("vm-2", NodeState.UNREACHABLE);
        fleet.live(Duration.ofSeconds(6));
        assertThat(fleet.downs()).containsExactly(VM_2);
        assertThat(fleet.state(SCHEDULER)).isEqualTo(UNKNOWN);
        fleet.live(Duration.ofMinutes(5));
        assertThat(fleet.downs()).containsExactly(VM_2);
    }

    @Test
    void one_that_comes_back_is_up_again_with_its_services() {
        fleet.silence(VM_2, SCHEDULER, DEPLOYER).node("vm-2", NodeState.UNREACHABLE);
        fleet.live(Duration.ofSeconds(6));
        fleet.answer(VM_2, SCHEDULER, DEPLOYER).node("vm-2", NodeState.READY);
        fleet.live(Duration.ofSeconds(2));
        assertThat(fleet.state(VM_2)).isEqualTo(UP);
        assertThat(fleet.state(DEPLOYER)).isEqualTo(UP);
    }

    @Test
    void what_runs_on_a_machine_that_is_back_has_time_to_start() {
        fleet.silence(VM_2, SCHEDULER, DEPLOYER).node("vm-2", NodeState.UNREACHABLE);
        fleet.live(Duration.ofMinutes(5));
        fleet.answer(VM_2).container(SCHEDULER, new ContainerWord.NoEngine("no answer"));
        fleet.container(DEPLOYER, new ContainerWord.Ended("exit code 255"));
        fleet.live(Duration.ofSeconds(15));
        assertThat(fleet.downs()).containsExactly(VM_2);
        fleet.answer(SCHEDULER);
        fleet.live(Duration.ofSeconds(6));
        assertThat(fleet.downs()).containsExactly(VM_2, DEPLOYER);
    }

    @Test
    void the_last_word_of_a_node_manager_that_is_lost_too_does_not_count() {
        fleet.silence(VM_1, NODE_MANAGER);
        fleet.live(Duration.ofSeconds(6));
        assertThat(fleet.downs()).containsExactly(VM_1);
    }

    @Test
    void nobody_is_lost_on_the_word_of_one() {
        fleet.silence(VM_3);
        fleet.live(Duration.ofMinutes(10));
        assertThat(fleet.state(VM_3)).isEqualTo(SUSPECT);
        fleet.answer(VM_3).node("vm-3", NodeState.UNREACHABLE);
        fleet.live(Duration.ofMinutes(10));
        assertThat(fleet.state(VM_3)).isEqualTo(SUSPECT);
        assertThat(fleet.downs()).isEmpty();
    }

    @Test
    void a_service_whose_container_ended_is_down_and_the_others_are_up() {
        fleet.silence(SCHEDULER).container(SCHEDULER, new ContainerWord.Ended("exit code 137"));
        fleet.live(Duration.ofSeconds(7));
        assertThat(fleet.downs()).containsExactly(SCHEDULER);
        assertThat(fleet.state(DEPLOYER)).isEqualTo(UP);
    }

    @Test
    void one_that_docker_starts_again_by_itself_is_no_fault() {
        fleet.silence(SCHEDULER).container(SCHEDULER, new ContainerWord.Ended("exit code 137"));
        fleet.live(Duration.ofSeconds(1));
        fleet.container(SCHEDULER, new ContainerWord.Runs(Duration.ofSeconds(1)));
        fleet.live(Duration.ofSeconds(30));
        fleet.answer(SCHEDULER);
        fleet.live(Duration.ofSeconds(2));
        assertThat(fleet.state(SCHEDULER)).isEqualTo(UP);
        assertThat(fleet.downs()).isEmpty();
    }

    @Test
    void who_reaches_hardly_anything_may_be_cut_off_and_waits_longer() {
        fleet.silence(VM_2, VM_3, SCHEDULER, DEPLOYER)
                .node("vm-2", NodeState.UNREACHABLE)
                .node("vm-3", NodeState.UNREACHABLE);
        fleet.live(Duration.ofSeconds(50));
        assertThat(fleet.downs()).isEmpty();
        assertThat(fleet.state(VM_2)).isEqualTo(SUSPECT);
        fleet.live(Duration.ofSeconds(15));
        assertThat(fleet.downs()).containsExactlyInAnyOrder(VM_2, VM_3);
    }

    @Test
    void an_hour_in_which_monitoring_stalls_for_two_seconds_every_few_raises_nothing() {
        for (int stall = 0; stall < 720; stall++) {
            fleet.live(Duration.ofSeconds(3));
            fleet.stallWhileAsking(Duration.ofSeconds(2));
        }
        assertThat(fleet.downs()).isEmpty();
        assertThat(fleet.changes()).isEqualTo(6);
    }

    @Test
    void an_hour_in_which_everything_else_stalls_for_two_seconds_every_few_raises_nothing() {
        for (int stall = 0; stall < 720; stall++) {
            fleet.live(Duration.ofSeconds(3));
            fleet.silence(VM_1, VM_2, VM_3, NODE_MANAGER, SCHEDULER, DEPLOYER);
            fleet.live(Duration.ofSeconds(2));
            fleet.answer(VM_1, VM_2, VM_3, NODE_MANAGER, SCHEDULER, DEPLOYER);
        }
        assertThat(fleet.downs()).isEmpty();
    }

    @Test
    void what_is_really_lost_is_found_in_spite_of_stalls() {
        fleet.silence(VM_2, SCHEDULER, DEPLOYER).node("vm-2", NodeState.UNREACHABLE);
        for (int stall = 0; stall < 4; stall++) {
            fleet.live(Duration.ofSeconds(2));
            fleet.stallWhileAsking(Duration.ofSeconds(2));
        }
        assertThat(fleet.state(VM_2)).isEqualTo(DOWN);
    }
}
