package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.replica.Replica;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final Fleet THREE = FleetFile.standard();

    private static Fleet fleet(String... lines) {
        return FleetFile.parse("fleet.yaml", String.join("\n", lines));
    }

    private static Assignment assign(Fleet fleet, Replica... there) {
        return Assignment.of(fleet, Arrays.asList(there), Set.of());
    }

    @Test
    void everything_is_where_the_data_is_and_a_second_lifecycle_manager_elsewhere() {
        Assignment assignment = assign(THREE);
        assertThat(assignment.machines())
                .allSatisfy((service, machines) -> assertThat(machines).startsWith("vm-1"));
        assertThat(assignment.of("lifecycle-manager")).hasSize(2);
        assertThat(assignment.replicas()).hasSize(THREE.services().size() + 1);
    }

    @Test
    void what_has_no_room_beside_the_data_goes_to_those_with_room() {
        Fleet fleet =
                fleet("machines: [{name: one, size: small}, {name: two, size: small}, {name: three, size: small}]");
        Assignment assignment = assign(fleet);
        assertThat(assignment.replicas().stream()
                        .filter(replica -> replica.machine().equals("one")))
                .hasSize(5);
        assertThat(List.of(on("two", assignment), on("three", assignment))).containsExactlyInAnyOrder(3L, 3L);
    }

    private static long on(String machine, Assignment assignment) {
        return assignment.replicas().stream()
                .filter(replica -> replica.machine().equals(machine))
                .count();
    }

    @Test
    void what_runs_somewhere_stays_there() {
        Assignment assignment =
                assign(THREE, new Replica("lifecycle-manager", "vm-3"), new Replica("scheduler", "vm-2"));
        assertThat(assignment.of("lifecycle-manager")).hasSize(2).startsWith("vm-3");
        assertThat(assignment.of("scheduler")).containsExactly("vm-2");
    }

    @Test
    void of_more_than_are_wanted_those_named_first_stay() {
        assertThat(assign(THREE, new Replica("scheduler", "vm-3"), new Replica("scheduler", "vm-1"))
                        .of("scheduler"))
                .containsExactly("vm-3");
    }

    @Test
    void the_same_again_changes_nothing() {
        Assignment first = assign(THREE);
        assertThat(Assignment.of(THREE, first.replicas(), Set.of()).machines())
                .containsExactlyInAnyOrderEntriesOf(first.machines());
    }

    @Test
    void two_replicas_are_on_two_machines_and_no_more_are_there_than_machines() {
        Fleet fleet = fleet("machines: [{name: one}, {name: two}]", "services: [{name: deployer, replicas: 2}]");
        assertThat(assign(fleet).of("deployer")).containsExactlyInAnyOrder("one", "two");
        assertThat(Assignment.of(fleet, List.of(), Set.of("two")).of("deployer"))
                .containsExactly("one");
    }

    @Test
    void a_machine_for_apps_alone_gets_no_platform_service() {
        Fleet fleet = fleet("machines: [{name: one}, {name: two, role: worker}]");
        assertThat(assign(fleet).replicas())
                .allSatisfy(replica -> assertThat(replica.machine()).isEqualTo("one"));
    }

    @Test
    void a_service_goes_where_its_selector_says_even_if_it_runs_elsewhere() {
        Fleet fleet = fleet(
                "machines: [{name: one}, {name: two, labels: {disk: ssd}}]",
                "services: [{name: monitoring, on: {disk: ssd}}]");
        assertThat(assign(fleet, new Replica("monitoring", "one")).of("monitoring"))
                .containsExactly("two");
    }

    @Test
    void data_stays_where_it_is_whatever_the_selector_says() {
        Fleet fleet = fleet("machines: [{name: one}, {name: two}]", "services: [{name: postgres, on: two}]");
        assertThat(assign(fleet).of("postgres")).containsExactly("two");
        assertThat(assign(fleet, new Replica("postgres", "one")).of("postgres")).containsExactly("one");
    }

    @Test
    void what_ran_on_a_lost_machine_goes_elsewhere_but_data_stays() {
        List<Replica> there = List.of(new Replica("scheduler", "vm-1"), new Replica("postgres", "vm-1"));
        Assignment assignment = Assignment.of(THREE, there, Set.of("vm-1"));
        assertThat(assignment.of("scheduler")).hasSize(1).doesNotContain("vm-1");
        assertThat(assignment.of("postgres")).containsExactly("vm-1");
    }
}
