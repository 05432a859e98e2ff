package io.gantry.machines.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.LocalFleet;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineShell;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bare machine whose SSH server is late, and another one that dies while Docker is being installed on it. */
class DockerPreparationIT {
    private static final PreparationSettings SETTINGS = PreparationSettings.forRegistry("127.0.0.1:5000");
    private static final int PORT = 8000;

    @TempDir
    static Path folder;

    private static LocalFleet fleet;
    private static Machine bare;
    private static Machine dying;
    private static PreparedEngine prepared;
    private static final BlockingQueue<String> WAITS = new LinkedBlockingQueue<>();

    @BeforeAll
    static void prepare() throws Exception {
        fleet = new LocalFleet("test-preparation", LocalSettings.BARE, folder);
        var machines = fleet.create("bare", "dying");
        bare = machines.getFirst();
        dying = machines.getLast();
        fleet.inside("bare", "mv /usr/sbin/sshd /usr/sbin/sshd.late; pkill sshd");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var preparing = threads.submit(() -> fleet.prepare(bare, SETTINGS, new TellsOfWaits()));
            WAITS.add(String.valueOf(WAITS.poll(2, TimeUnit.MINUTES)));
            fleet.inside("bare", "mv /usr/sbin/sshd.late /usr/sbin/sshd");
            prepared = preparing.get();
        }
    }

    private static final class TellsOfWaits implements PreparationProgress {
        @Override
        public void waiting(String machine, String why) {
            WAITS.add(why);
        }

        @Override
        public void ended(String machine, StepReport step) {
            // The report tells them all.
        }
    }

    @AfterAll
    static void delete() {
        fleet.close();
    }

    @Test
    void an_ssh_server_that_is_late_is_waited_for_and_said_to_be() {
        assertThat(WAITS.peek()).startsWith("bare: Nothing takes SSH connections at ops@" + bare.address());
    }

    @Test
    void a_bare_machine_gets_an_engine_and_each_step_says_what_it_did() {
        assertThat(prepared.uri()).hasToString("ssh://gantry@%s:22".formatted(bare.address()));
        assertThat(prepared.version()).matches("[0-9]+\\..+");
        assertThat(prepared.steps())
                .extracting(StepReport::step)
                .containsExactly(
                        "SSH answers",
                        "system",
                        "free disk",
                        "engine's settings",
                        "engine installed",
                        "engine running",
                        "user gantry",
                        "engine answers");
        assertThat(prepared.steps())
                .filteredOn(step -> step.outcome() == Outcome.DONE)
                .extracting(StepReport::step)
                .contains("engine's settings", "engine installed", "user gantry");
    }

    @Test
    void a_second_preparation_finds_everything_there_and_is_quick() {
        PreparedEngine again = fleet.prepare(bare, SETTINGS, PreparationProgress.NOBODY);
        assertThat(again.changedAnything()).isFalse();
        assertThat(took(again)).isLessThan(took(prepared).dividedBy(2));
    }

    private static Duration took(PreparedEngine engine) {
        return engine.steps().stream().map(StepReport::took).reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void a_published_port_answers_at_the_machine_s_address_and_goes_on_while_the_settings_change() throws Exception {
        fleet.serve(prepared, "serving", PORT);
        await().until(() -> LocalFleet.answers(bare, PORT));
        var moved = PreparationSettings.forRegistry("127.0.0.1:5001");
        PreparedEngine changed = fleet.prepare(bare, moved, PreparationProgress.NOBODY);
        assertThat(changed.steps())
                .filteredOn(step -> step.outcome() == Outcome.DONE)
                .extracting(StepReport::step)
                .containsExactly("engine's settings", "engine running");
        var container = fleet.docker(changed).inspectContainerCmd("serving").exec();
        assertThat(container.getState().getRunning()).isTrue();
        assertThat(container.getRestartCount()).isZero();
        assertThat(fleet.docker(changed).infoCmd().exec().getRegistryConfig().getIndexConfigs())
                .containsKeys("127.0.0.1:5000", "127.0.0.1:5001");
    }

    @Test
    void settings_written_by_a_preparation_that_died_before_the_restart_are_made_true_by_the_next() throws Exception {
        fleet.inside("bare", "touch /etc/docker/daemon.json");
        assertThat(fleet.prepare(bare, SETTINGS, PreparationProgress.NOBODY).steps())
                .filteredOn(step -> step.outcome() == Outcome.DONE)
                .extracting(StepReport::step)
                .containsExactly("engine running");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void a_machine_that_died_during_the_installation_is_completed_by_the_next_preparation() throws Exception {
        var installing = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> fleet.prepare(dying, SETTINGS, new PreparationProgress() {
                @Override
                public void waiting(String machine, String why) {}

                @Override
                public void ended(String machine, StepReport step) {
                    if (step.step().equals("engine's settings")) {
                        installing.countDown();
                    }
                }
            }));
            assertThat(installing.await(2, TimeUnit.MINUTES)).isTrue();
            fleet.inside(
                    "dying",
                    "until [ -e /usr/bin/containerd.dpkg-new ] || [ -e /usr/bin/containerd ]; do sleep 0.01; done");
            fleet.engine().docker().killContainerCmd(fleet.container("dying")).exec();
            fleet.machines().start("dying");
            assertThatThrownBy(first::get).hasCauseInstanceOf(MachineFailure.class);
        }
        assertThat(fleet.prepare(dying, PreparationProgress.NOBODY).changedAnything())
                .isTrue();
        assertThat(fleet.prepare(dying, PreparationProgress.NOBODY).changedAnything())
                .isFalse();
    }

    @Test
    void the_engine_s_user_is_nobody_else() {
        var gantry = new SshTarget("gantry", bare.address(), 22, bare.login().hostKey());
        try (var shell = new MachineShell("bare", gantry, fleet.keys().privateKey())) {
            shell.knock();
            assertFails(Reason.NOT_ROOT, "Allow it sudo without a password", () -> shell.look("id"));
        }
    }

    @Test
    void a_changed_host_key_is_refused_at_once() {
        var another = new HostKey("ssh-ed25519", dying.login().hostKey().base64());
        var impostor = new SshTarget("ops", bare.address(), 22, another);
        var claimed = new Machine("bare", bare.state(), bare.address(), impostor, bare.size(), bare.labels());
        assertFails(
                Reason.HOST_KEY_CHANGED,
                "somebody is in between",
                () -> fleet.prepare(claimed, PreparationProgress.NOBODY));
    }

    @Test
    void a_key_that_is_not_let_in_is_refused_at_once(@TempDir Path other) {
        Path stranger = FleetKeys.in(other, "stranger").privateKey();
        var preparation =
                new DockerPreparation(SETTINGS, fleet.keys(), InstantSource.system(), PreparationProgress.NOBODY);
        assertFails(
                Reason.KEY_REFUSED,
                "Add the fleet's public key to authorized_keys",
                () -> preparation.prepare(bare, stranger));
    }

    @Test
    void a_machine_without_ssh_is_given_up_when_patience_ends() {
        var nowhere = new SshTarget("ops", bare.address(), 1, bare.login().hostKey());
        var silent = new Machine("silent", bare.state(), bare.address(), nowhere, bare.size(), bare.labels());
        assertFails(
                Reason.SSH_REFUSED,
                "See that silent is switched on",
                () -> fleet.prepare(silent, SETTINGS.withPatience(Duration.ofSeconds(1)), PreparationProgress.NOBODY));
    }

    @Test
    void a_disk_without_space_is_said_with_what_is_free() {
        var greedy = SETTINGS.withMinimumFree(Memory.parse("900Ti"));
        assertFails(
                Reason.DISK_FULL,
                "free where Docker's images go, 900Ti wanted",
                () -> fleet.prepare(bare, greedy, PreparationProgress.NOBODY));
    }

    @Test
    void another_system_is_refused_by_its_name() throws Exception {
        fleet.inside("dying", "mount --bind /dev/null /etc/os-release");
        assertFails(
                Reason.SYSTEM_NOT_SUPPORTED,
                "Gantry prepares Debian and Ubuntu",
                () -> fleet.prepare(dying, PreparationProgress.NOBODY));
        fleet.inside("dying", "umount /etc/os-release");
    }

    private static void assertFails(Reason reason, String sentence, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MachineFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessageContaining(sentence);
    }
}
