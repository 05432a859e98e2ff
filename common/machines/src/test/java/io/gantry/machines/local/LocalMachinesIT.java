package io.gantry.machines.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.LocalFleet;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineSize;
import io.gantry.machines.MachineState;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines of one fleet, made at once. */
class LocalMachinesIT {
    private static final int PORT = 8000;
    /** Where it stands in either version of the kernel's control groups. */
    private static final String MEMORY_LIMIT =
            "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null";

    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static LocalFleet fleet;
    private static LocalMachines machines;
    private static List<Machine> made;
    private static PreparedEngine prepared;

    @BeforeAll
    static void create() throws Exception {
        fleet = new LocalFleet("test-machines", LocalSettings.WITH_DOCKER, folder);
        machines = fleet.machines();
        made = fleet.create("one", "two");
        prepared = fleet.prepare(made.getFirst(), PreparationProgress.NOBODY);
        fleet.serve(prepared, "always-there", PORT);
    }

    @AfterAll
    static void delete() {
        fleet.close();
    }

    @Test
    void machines_made_at_once_have_addresses_and_host_keys_of_their_own() {
        assertThat(made).extracting(Machine::name).containsExactly("one", "two");
        assertThat(made).extracting(Machine::state).containsOnly(MachineState.RUNNING);
        assertThat(made).extracting(Machine::address).doesNotHaveDuplicates();
        assertThat(made).extracting(machine -> machine.login().hostKey()).doesNotHaveDuplicates();
        assertThat(made).extracting(Machine::labels).containsExactly(Map.of("zone", "one"), Map.of("zone", "two"));
        assertThat(made).extracting(Machine::size).containsOnly(LocalFleet.SMALL);
    }

    @Test
    void creating_one_that_is_there_changes_nothing() {
        assertThat(machines.create(LocalFleet.wanted("two"))).isEqualTo(made.getLast());
        assertThat(machines.find("two")).contains(made.getLast());
        assertThat(machines.list()).containsExactlyElementsOf(made);
    }

    @Test
    void a_machine_that_is_not_there_is_not_found_not_started_and_gone_already() {
        assertThat(machines.find("three")).isEmpty();
        assertFails(Reason.NO_SUCH_MACHINE, () -> machines.start("three"));
        assertFails(Reason.NO_SUCH_MACHINE, () -> machines.stop("three"));
        assertFails(Reason.NO_SUCH_MACHINE, () -> machines.restart("three"));
        machines.delete("three");
    }

    @Test
    void a_machine_that_was_off_has_its_key_its_address_and_its_containers_again() {
        assertThat(machines.stop("one").state()).isEqualTo(MachineState.STOPPED);
        assertThat(machines.stop("one").state()).isEqualTo(MachineState.STOPPED);
        assertThat(machines.start("one")).isEqualTo(made.getFirst());
        assertThat(machines.start("one")).isEqualTo(made.getFirst());
        assertServesAgain();
    }

    @Test
    void a_machine_that_died_comes_back_with_all_it_had() {
        fleet.engine().docker().killContainerCmd(fleet.container("one")).exec();
        assertThat(machines.find("one").orElseThrow().state()).isEqualTo(MachineState.STOPPED);
        assertThat(machines.start("one")).isEqualTo(made.getFirst());
        assertServesAgain();
    }

    @Test
    void a_machine_is_resized_while_it_serves() throws Exception {
        var larger = new WantedMachine("one", new MachineSize(0.5, Memory.mebibytes(1536)), Map.of("zone", "one"));
        assertThat(machines.differs(made.getFirst(), LocalFleet.wanted("one"))).isFalse();
        assertThat(machines.differs(made.getFirst(), larger)).isTrue();
        try {
            Machine resized = machines.resize(larger);

            assertThat(resized.size()).isEqualTo(larger.size());
            assertThat(machines.list()).contains(resized);
            assertThat(machines.differs(resized, larger)).isFalse();
            assertThat(LocalFleet.run(fleet.engine().docker(), fleet.container("one"), MEMORY_LIMIT))
                    .isEqualToIgnoringWhitespace(
                            Long.toString(larger.size().memory().bytes()));
            assertServesAgain();
        } finally {
            assertThat(machines.resize(LocalFleet.wanted("one"))).isEqualTo(made.getFirst());
        }
    }

    @Test
    void of_cores_it_has_as_many_as_there_are() {
        var vast = new WantedMachine("one", new MachineSize(1000, LocalFleet.SMALL.memory()), Map.of("zone", "one"));
        try {
            assertThat(machines.differs(machines.resize(vast), vast)).isFalse();
        } finally {
            assertThat(machines.resize(LocalFleet.wanted("one"))).isEqualTo(made.getFirst());
        }
    }

    @Test
    void a_restarted_machine_serves_again() {
        assertThat(machines.restart("one")).isEqualTo(made.getFirst());
        assertServesAgain();
    }

    @Test
    void a_machine_s_engine_is_started_again_when_it_dies() throws Exception {
        fleet.inside("one", "kill -9 $(cat /run/docker.pid)");
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> fleet.docker(prepared).pingCmd().exec());
    }

    @Test
    void a_machine_that_reboots_itself_comes_back() throws Exception {
        fleet.inside("one", "reboot");
        await().atMost(SOON).until(() -> !LocalFleet.answers(made.getFirst(), PORT));
        assertServesAgain();
    }

    @Test
    void containers_inside_find_other_machines_by_name() throws Exception {
        assertThat(LocalFleet.run(fleet.docker(prepared), "always-there", "getent hosts two"))
                .startsWith(made.getLast().address());
    }

    @Test
    void a_machine_cut_off_from_its_network_is_in_it_again_after_a_start() {
        fleet.engine()
                .docker()
                .disconnectFromNetworkCmd()
                .withContainerId(fleet.container("two"))
                .withNetworkId("gantry.test-machines")
                .exec();
        assertThat(machines.start("two")).isEqualTo(made.getLast());
        assertAnswers(made.getLast());
    }

    @Test
    void a_machine_that_was_frozen_goes_on_after_a_start() {
        fleet.engine().docker().pauseContainerCmd(fleet.container("two")).exec();
        assertThat(machines.start("two")).isEqualTo(made.getLast());
        assertAnswers(made.getLast());
    }

    @Test
    void a_machine_with_another_host_key_is_not_taken_for_the_one_that_was_pinned() throws Exception {
        machines.create(LocalFleet.wanted("changed"));
        fleet.inside("changed", "rm /etc/ssh/ssh_host_ed25519_key*");
        Machine changed = machines.restart("changed");
        await().untilAsserted(() -> assertFails(Reason.HOST_KEY_CHANGED, () -> knock(changed)));
        assertFails(Reason.HOST_KEY_CHANGED, () -> machines.create(LocalFleet.wanted("changed")));
        machines.delete("changed");
        assertAnswers(machines.create(LocalFleet.wanted("changed")));
        machines.delete("changed");
    }

    @Test
    void a_fleet_that_is_deleted_leaves_nothing(@TempDir Path other) throws Exception {
        try (var second = new LocalFleet("test-deleted", LocalSettings.BARE, other)) {
            second.create("one", "two");
            second.machines().delete("one");
            assertThat(second.machines().list()).extracting(Machine::name).containsExactly("two");
            second.machines().deleteAll();
            second.machines().deleteAll();
            assertThat(LocalFleet.left(second.engine().docker(), "test-deleted"))
                    .isEmpty();
        }
        assertThat(machines.list()).hasSizeGreaterThanOrEqualTo(2);
    }

    private static void assertServesAgain() {
        await().atMost(SOON).until(() -> LocalFleet.answers(made.getFirst(), PORT));
        assertAnswers(made.getFirst());
    }

    private static void assertAnswers(Machine machine) {
        await().atMost(SOON).ignoreExceptionsInstanceOf(MachineFailure.class).untilAsserted(() -> knock(machine));
    }

    private static void knock(Machine machine) {
        try (var shell = MachineShell.of(machine, machines.privateKey(machine.name()))) {
            shell.knock();
        }
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MachineFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
