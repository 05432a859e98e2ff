package io.gantry.machines.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.LocalFleet;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineState;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.Outcome;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.HostKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that somebody has already: here one that another fleet made. */
class GivenHostsIT {
    private static final HostKey ANOTHER =
            new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl0");

    @TempDir
    static Path owner;

    private static LocalFleet owners;
    private static Machine host;

    @TempDir
    Path folder;

    private KnownHosts knownHosts;
    private GivenHosts hosts;

    @BeforeAll
    static void somebodyHasAHost() throws Exception {
        owners = new LocalFleet("test-owner", LocalSettings.WITH_DOCKER, owner);
        host = owners.create("host").getFirst();
    }

    @AfterAll
    static void delete() {
        owners.close();
    }

    @BeforeEach
    void giveOneThatIsUp() {
        knownHosts = new KnownHosts(folder.resolve("known_hosts"));
        hosts = given(host.login().hostKey());
        await().ignoreExceptionsInstanceOf(MachineFailure.class)
                .until(() -> hosts.create(LocalFleet.wanted("mine")) != null);
        hosts.delete("mine");
    }

    private GivenHosts given(@Nullable HostKey hostKey) {
        var one = new GivenHost(
                LocalFleet.wanted("mine"),
                "ops",
                host.address(),
                22,
                owners.keys().privateKey(),
                hostKey);
        return new GivenHosts(List.of(one), fleets(), knownHosts, InstantSource.system());
    }

    @Test
    void a_host_is_in_the_fleet_from_its_creation_to_its_deletion() {
        assertThat(hosts.list()).isEmpty();
        Machine mine = hosts.create(LocalFleet.wanted("mine"));
        assertThat(mine.state()).isEqualTo(MachineState.RUNNING);
        assertThat(hosts.create(LocalFleet.wanted("mine"))).isEqualTo(mine);
        assertThat(hosts.list()).containsExactly(mine);
        assertThat(hosts.start("mine")).isEqualTo(mine);
        hosts.deleteAll();
        hosts.deleteAll();
        assertThat(hosts.find("mine")).isEmpty();
        assertThat(owners.machines().find("host")).contains(host);
    }

    @Test
    void docker_is_prepared_on_it_as_on_any_machine() {
        Machine mine = hosts.create(LocalFleet.wanted("mine"));
        var preparation = new DockerPreparation(
                PreparationSettings.forRegistry(null),
                owners.keys(),
                InstantSource.system(),
                PreparationProgress.NOBODY);
        assertThat(preparation.prepare(mine, hosts.privateKey("mine")).version())
                .isNotBlank();
    }

    @Test
    void the_fleets_own_key_opens_it_once_it_was_let_in() {
        Machine mine = hosts.create(LocalFleet.wanted("mine"));
        FleetKeys fleets = fleets();
        assertThat(FleetEntry.ensure(mine, hosts.privateKey("mine"), fleets)).isEqualTo(Outcome.DONE);
        assertThat(FleetEntry.ensure(mine, hosts.privateKey("mine"), fleets)).isEqualTo(Outcome.ALREADY_THERE);
        try (MachineShell shell = MachineShell.of(mine, fleets.privateKey())) {
            assertThat(shell.look("id -un").out().strip()).isEqualTo("root");
        }
    }

    @Test
    void the_fleet_has_no_way_in_once_it_was_deleted_and_its_owner_has() {
        Machine mine = hosts.create(LocalFleet.wanted("mine"));
        FleetEntry.ensure(mine, hosts.privateKey("mine"), fleets());
        new DockerPreparation(
                        PreparationSettings.forRegistry(null),
                        fleets(),
                        InstantSource.system(),
                        PreparationProgress.NOBODY)
                .prepare(mine, fleets().privateKey());
        hosts.delete("mine");
        try (MachineShell shell = MachineShell.of(mine, fleets().privateKey())) {
            assertFails(Reason.KEY_REFUSED, shell::knock);
        }
        try (MachineShell shell = MachineShell.of(mine, hosts.privateKey("mine"))) {
            assertThat(shell.finds("id gantry")).isFalse();
        }
    }

    private FleetKeys fleets() {
        return FleetKeys.in(folder.resolve("fleet"), "mine");
    }

    @Test
    void a_restart_reboots_it_and_waits_until_it_is_back() {
        Machine mine = hosts.create(LocalFleet.wanted("mine"));
        assertThat(hosts.restart("mine")).isEqualTo(mine);
        assertThat(hosts.find("mine")).contains(mine);
    }

    @Test
    void it_is_not_switched_off() {
        hosts.create(LocalFleet.wanted("mine"));
        assertFails(Reason.PROVIDER_REFUSED, () -> hosts.stop("mine"));
    }

    @Test
    void a_machine_that_nobody_gave_is_not_made() {
        assertFails(Reason.PROVIDER_REFUSED, () -> hosts.create(LocalFleet.wanted("another")));
        assertFails(Reason.NO_SUCH_MACHINE, () -> hosts.restart("another"));
    }

    @Test
    void one_that_does_not_answer_is_unreachable_and_not_absent() {
        hosts.create(LocalFleet.wanted("mine"));
        owners.machines().stop("host");
        assertThat(hosts.find("mine").orElseThrow().state()).isEqualTo(MachineState.UNREACHABLE);
        assertFails(Reason.SSH_REFUSED, () -> hosts.start("mine"));
        owners.machines().start("host");
    }

    @Test
    void another_host_key_in_the_settings_is_refused_once_one_is_pinned() {
        hosts.create(LocalFleet.wanted("mine"));
        var another =
                new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl0");
        assertFails(Reason.HOST_KEY_CHANGED, () -> given(ANOTHER).create(LocalFleet.wanted("mine")));
    }

    @Test
    void without_a_host_key_in_the_settings_the_one_that_is_shown_first_is_pinned() {
        assertThat(given(null).create(LocalFleet.wanted("mine")).login().hostKey())
                .isEqualTo(host.login().hostKey());
        assertThat(knownHosts.of("mine")).contains(host.login().hostKey());
    }

    @Test
    void a_host_key_in_the_settings_that_is_not_the_host_s_is_refused_and_not_pinned() {
        assertFails(Reason.HOST_KEY_CHANGED, () -> given(ANOTHER).create(LocalFleet.wanted("mine")));
        assertThat(knownHosts.of("mine")).isEmpty();
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MachineFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
