package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.remote.Unreachable.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshSessionTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** So many that what a machine lets be sent of each does not fit into this computer. */
    private static final int UPLOADS = 8;

    @TempDir
    Path folder;

    private SshServerHere server;
    private SshSession session;

    @BeforeEach
    void start() throws IOException {
        server = new SshServerHere(folder);
        session = new SshSession(server.target(), server.keyFile());
    }

    @AfterEach
    void stop() throws IOException {
        session.close();
        server.close();
    }

    @Test
    void a_command_tells_how_it_ended_and_what_it_said() {
        var command = ShellCommand.of("sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(session.run(command, LIMIT)).isEqualTo(new Executed(3, "out\n", "err\n"));
    }

    @Test
    void words_arrive_as_they_were_given() {
        var command = ShellCommand.of("printf", "%s|", "a b", "$(id)", "it's", "", "x;y", "ü");
        assertThat(session.run(command, LIMIT).out()).isEqualTo("a b|$(id)|it's||x;y|ü|");
    }

    @Test
    void much_output_is_kept_up_to_a_limit() {
        var command = ShellCommand.of("head", "-c", "3000000", "/dev/zero");
        assertThat(session.run(command, LIMIT).out()).hasSize(1 << 20);
    }

    @Test
    void a_command_that_does_not_end_is_given_up() {
        assertUnreachable(
                Reason.TIMED_OUT,
                () -> session.run(ShellCommand.of("sleep").withSecret("60"), Duration.ofMillis(200)),
                "On " + server.target() + " the command sleep *** did not end within PT0.2S");
    }

    @Test
    void many_calls_share_one_session() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 8).forEach(i -> threads.execute(() -> session.run(ShellCommand.of("true"), LIMIT)));
        }
        assertThat(server.sessions()).isEqualTo(1);
    }

    @Test
    void a_lost_session_is_opened_again_by_the_next_call() {
        session.run(ShellCommand.of("true"), LIMIT);
        server.cutSessions();
        await().ignoreExceptionsInstanceOf(Unreachable.class)
                .until(() -> session.run(ShellCommand.of("true"), LIMIT).succeeded());
        assertThat(server.sessions()).isEqualTo(2);
    }

    @Test
    void a_session_cut_during_a_command_is_told() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(() -> session.run(ShellCommand.of("sleep", "60"), LIMIT));
            await().until(() -> server.sessions() == 1 && !running.isDone());
            await().untilAsserted(() -> {
                server.cutSessions();
                assertThat(running.isDone()).isTrue();
            });
            assertThat(running.exceptionNow()).isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void much_that_is_sent_to_a_machine_that_was_cut_off_is_given_up() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var way = new WayThere(server.port());
                var other = new SshSession(
                        new SshTarget(
                                "gantry",
                                "127.0.0.1",
                                way.port(),
                                server.target().hostKey()),
                        server.keyFile())) {
            List<FedCommand> fed = IntStream.range(0, UPLOADS)
                    .mapToObj(_ -> other.start(ShellCommand.of("cat")))
                    .toList();
            way.cut();
            var given = fed.stream()
                    .map(upload -> threads.submit(() -> feedForEver(upload)))
                    .toList();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(given)
                            .allSatisfy(upload -> assertThat(upload.isDone()).isTrue()));
            assertThat(given)
                    .allSatisfy(upload -> assertThat(upload.exceptionNow()).isInstanceOf(Unreachable.class));
        }
    }

    private static void feedForEver(FedCommand command) {
        String line = "x".repeat(32_000);
        while (true) {
            command.feed(line);
        }
    }

    @Test
    void another_host_key_is_refused() throws IOException {
        server.restartWithAnotherHostKey();
        assertUnreachable(
                Reason.HOST_KEY_CHANGED,
                () -> session.run(ShellCommand.of("true"), LIMIT),
                "The host key of gantry@127.0.0.1:" + server.port() + " is not the one that was pinned");
    }

    @Test
    void a_machine_without_a_key_of_the_pinned_type_is_refused() {
        var pinned = new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl0");
        try (var other =
                new SshSession(new SshTarget("gantry", "127.0.0.1", server.port(), pinned), server.keyFile())) {
            assertUnreachable(
                    Reason.HOST_KEY_CHANGED,
                    () -> other.run(ShellCommand.of("true"), LIMIT),
                    "The host key of gantry@127.0.0.1:" + server.port());
        }
    }

    @Test
    void a_key_that_is_not_let_in_is_told() throws IOException {
        Path stranger = folder.resolve("stranger");
        SshServerHere.writeClientKey(stranger);
        try (var other = new SshSession(server.target(), stranger)) {
            assertUnreachable(
                    Reason.KEY_REFUSED,
                    () -> other.run(ShellCommand.of("true"), LIMIT),
                    server.target() + " does not let the key stranger in");
        }
    }

    @Test
    void a_machine_that_dies_while_it_looks_at_the_key_has_not_refused_it() {
        server.dieOverKeys();
        assertUnreachable(
                Reason.LOST,
                () -> session.run(ShellCommand.of("true"), LIMIT),
                server.target() + " broke off while it was to let us in");
    }

    @Test
    void a_key_file_that_is_missing_is_told() {
        try (var other = new SshSession(server.target(), folder.resolve("nothing"))) {
            assertUnreachable(
                    Reason.KEY_REFUSED,
                    () -> other.run(ShellCommand.of("true"), LIMIT),
                    "The private key nothing for " + server.target() + " can't be read");
        }
    }

    @Test
    void nobody_there_is_told() throws IOException {
        SshTarget gone = server.target();
        server.close();
        assertUnreachable(
                Reason.REFUSED,
                () -> session.run(ShellCommand.of("true"), LIMIT),
                "Nothing takes SSH connections at " + gone);
    }

    @Test
    void a_name_without_address_is_told() {
        var nowhere = new SshTarget(
                "gantry", "no-such-host.invalid", 22, server.target().hostKey());
        try (var other = new SshSession(nowhere, server.keyFile())) {
            assertUnreachable(
                    Reason.UNKNOWN_HOST,
                    () -> other.run(ShellCommand.of("true"), LIMIT),
                    "The host name of gantry@no-such-host.invalid:22 has no address");
        }
    }

    @Test
    void a_host_that_takes_connections_and_says_nothing_is_given_up() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var target = new SshTarget(
                    "gantry",
                    "127.0.0.1",
                    silent.getLocalPort(),
                    server.target().hostKey());
            try (var other = new SshSession(target, server.keyFile(), Duration.ofMillis(300))) {
                assertUnreachable(
                        Reason.TIMED_OUT,
                        () -> other.run(ShellCommand.of("true"), LIMIT),
                        target + " did not answer within");
            }
        }
    }

    private static void assertUnreachable(Reason reason, ThrowingCallable call, String sentence) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessageStartingWith(sentence);
    }
}
