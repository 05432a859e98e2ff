package io.gantry.nodemanager.node;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.FreePorts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs on a machine while its lease is held: run here, with other machines that are ports, and an engine that only notes. */
class NodeLeaseScriptTest {
    private static final int ROUNDS = 2;
    private static final int BEATS_UNTIL_LOOKED_FOR = 60;
    private static final int BEATS_UNTIL_LOOKED_FOR_AGAIN = 13;

    @TempDir
    private Path folder;

    private final List<Machine> others = new ArrayList<>();
    private Process script;
    private BufferedWriter beats;

    @BeforeEach
    void start() throws IOException {
        start("0.3");
    }

    /** @param silence in seconds, that it bears */
    private void start(String silence) throws IOException {
        Path docker = folder.resolve("docker");
        Files.writeString(docker, """
                #!/bin/sh
                case "$*" in *' ps '*) echo c1 ;; esac
                echo "$*" >> "$0.calls"
                """);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwx------"));
        var command = new ProcessBuilder(
                "bash",
                "src/main/resources/node-lease.sh",
                silence,
                "30",
                "/run/engine.sock",
                "io.gantry.fleet=one",
                "io.gantry.instance");
        command.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        script = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        beats = script.outputWriter(UTF_8);
    }

    @AfterEach
    void end() throws IOException {
        script.destroyForcibly();
        for (Machine other : others) {
            other.close();
        }
    }

    /** A port that takes connections, as an SSH server does. */
    private static final class Machine implements AutoCloseable {
        private final ServerSocket server;
        private final AtomicInteger asked = new AtomicInteger();

        Machine() throws IOException {
            this(FreePorts.next());
        }

        Machine(int port) throws IOException {
            server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::answer);
        }

        private void answer() {
            while (!server.isClosed()) {
                try (Socket _ = server.accept()) {
                    asked.incrementAndGet();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    void a_machine_that_is_cut_off_kills_its_instances() throws IOException {
        others(2);
        known();
        cutOff();
        await().until(() -> calls().contains("kill c1"));
        assertThat(calls())
                .contains("-H unix:///run/engine.sock ps -q --filter status=running"
                        + " --filter label=io.gantry.fleet=one --filter label=io.gantry.instance");
    }

    @Test
    void silence_alone_is_no_reason_while_other_machines_answer() throws IOException {
        others(2);
        known();
        others.removeFirst().close();
        askedAgain(others.getFirst());
        assertThat(calls()).isEmpty();
    }

    @Test
    void who_is_with_half_of_the_machines_can_not_tell_which_half_is_cut_off() throws IOException {
        others(3);
        known();
        others.removeFirst().close();
        others.removeFirst().close();
        askedAgain(others.getFirst());
        assertThat(calls()).isEmpty();
    }

    @Test
    void who_lets_go_of_the_lease_cuts_nobody_off() throws IOException {
        script.destroyForcibly();
        start("60");
        others(2);
        known();
        beats.close();
        cutOff();
        assertThat(script.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue())
                .isZero();
        assertThat(calls()).isEmpty();
    }

    @Test
    void machines_that_never_answered_are_no_measure() throws IOException {
        others(1);
        Machine unseen = new Machine();
        unseen.close();
        tell(places() + " 127.0.0.1 " + unseen.server.getLocalPort());
        known();
        Machine seen = others.getFirst();
        askedAgain(seen);
        assertThat(calls()).isEmpty();
    }

    @Test
    void a_machine_that_was_away_counts_again_some_beats_after_it_is_back() throws IOException {
        others(2);
        Machine away = new Machine();
        away.close();
        String all = places() + " 127.0.0.1 " + away.server.getLocalPort();
        tell(all);
        others.forEach(other -> await().until(() -> other.asked.get() > 0));
        Machine back = new Machine(away.server.getLocalPort());
        for (int beat = 0; beat < BEATS_UNTIL_LOOKED_FOR_AGAIN; beat++) {
            tell(all);
        }
        await().until(() -> back.asked.get() > 0);
        tell(all);
        tell(all);
        cutOff();
        others.add(back);
        askedAgain(back);
        assertThat(calls()).isEmpty();
    }

    @Test
    void a_machine_that_missed_one_look_counts_all_the_same() throws IOException {
        others(2);
        known();
        String all = places();
        Machine there = others.getFirst();
        others.getLast().close();
        int looks = there.asked.get();
        for (int beat = 0; beat < BEATS_UNTIL_LOOKED_FOR; beat++) {
            tell(all);
        }
        await().until(() -> there.asked.get() > looks);
        tell(all);
        tell(all);
        cutOff();
        await().until(() -> calls().contains("kill c1"));
    }

    private void others(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            others.add(new Machine());
        }
    }

    private void cutOff() throws IOException {
        for (Machine other : others) {
            other.close();
        }
    }

    /** Told of, looked for, and taken for known by the beat after that. */
    private void known() throws IOException {
        tell(places());
        others.forEach(other -> await().until(() -> other.asked.get() > 0));
        tell(places());
        tell(places());
    }

    private static void askedAgain(Machine machine) {
        int before = machine.asked.get();
        await().until(() -> machine.asked.get() >= before + ROUNDS);
    }

    private String places() {
        return others.stream()
                .map(other -> "127.0.0.1 " + other.server.getLocalPort())
                .collect(Collectors.joining(" "));
    }

    private void tell(String machines) throws IOException {
        beats.write(machines + "\n");
        beats.flush();
    }

    private String calls() throws IOException {
        Path calls = folder.resolve("docker.calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }
}
