package io.gantry.nodemanager.node;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import io.gantry.remote.Engines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine whose engine never answers, and whose SSH server greets as long as it is not frozen. */
class PulseTest {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax";
    private final Hearing hearing = new Hearing();
    private final Engines engines = new Engines(Path.of("no-such-key"));
    private final List<String> told = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private Pulse pulse;
    private volatile boolean frozen;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::greet);
        pulse = watching(Duration.ofMillis(250), Duration.ofSeconds(2));
    }

    private Pulse watching(Duration beat, Duration limit) {
        URI uri = URI.create("ssh://gantry@127.0.0.1:" + server.getLocalPort());
        var set = new NodeSettings(new NodeId("vm-2"), uri, HOST_KEY, null, null, null, Map.of(), false);
        var settings = new WatchSettings(
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                beat,
                limit,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2),
                Memory.mebibytes(256));
        return new Pulse(set, engines.of(uri, HOST_KEY), settings, hearing, new Pulse.Watcher() {
            @Override
            public void lost(Duration silent) {
                assertThat(silent).isGreaterThanOrEqualTo(limit);
                told.add("lost");
            }

            @Override
            public void back() {
                told.add("back");
            }
        });
    }

    private void greet() {
        while (true) {
            try (Socket client = server.accept()) {
                if (frozen) {
                    await().until(() -> !frozen);
                }
                client.getOutputStream().write("SSH-2.0-machine\r\n".getBytes(US_ASCII));
            } catch (IOException ended) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        frozen = false;
        pulse.stop();
        server.close();
        engines.close();
    }

    @Test
    void a_machine_that_greets_lives_although_its_engine_does_not() throws InterruptedException {
        pulse = watching(Duration.ofMillis(250), Duration.ofSeconds(3));
        Thread feeling = Thread.ofVirtual().start(pulse);
        assertThat(feeling.join(Duration.ofSeconds(4))).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void one_that_refuses_lives_too() throws Exception {
        pulse = watching(Duration.ofMillis(250), Duration.ofSeconds(3));
        server.close();
        Thread feeling = Thread.ofVirtual().start(pulse);
        assertThat(feeling.join(Duration.ofSeconds(4))).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void one_that_stalls_for_two_seconds_is_not_lost() throws InterruptedException {
        var usual = watching(Duration.ofMillis(250), Duration.ofSeconds(4));
        Thread feeling = Thread.ofVirtual().start(usual);
        for (int i = 0; i < 3; i++) {
            assertThat(feeling.join(Duration.ofMillis(1_300 + 90 * i))).isFalse();
            frozen = true;
            assertThat(feeling.join(Duration.ofSeconds(2))).isFalse();
            frozen = false;
        }
        usual.stop();
        assertThat(feeling.join(Duration.ofSeconds(4))).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void one_that_is_silent_is_lost_until_it_is_heard_again() {
        frozen = true;
        Thread.ofVirtual().start(pulse);
        await().until(() -> told.contains("lost"));
        frozen = false;
        await().until(() -> told.contains("back"));
        assertThat(told.getLast()).isEqualTo("back");
    }

    @Test
    void one_that_is_silent_while_hardly_anybody_is_heard_is_waited_for() throws InterruptedException {
        hearing.note(new NodeId("vm-1"), true);
        hearing.note(new NodeId("vm-3"), false);
        frozen = true;
        Thread feeling = Thread.ofVirtual().start(pulse);
        assertThat(feeling.join(Duration.ofSeconds(4))).isFalse();
        assertThat(told).isEmpty();
        hearing.note(new NodeId("vm-3"), true);
        await().until(() -> told.contains("lost"));
        hearing.note(new NodeId("vm-3"), false);
        frozen = false;
        await().until(() -> told.contains("back"));
    }
}
