package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.TimeSpan;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthProbeTest {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HealthProbe probe = new HealthProbe();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        probe.close();
    }

    private HealthProbe.Answer answer(String path) throws InterruptedException {
        return ask(server.getAddress().getPort(), path, PATIENCE);
    }

    private HealthProbe.Answer ask(int port, @Nullable String path) throws InterruptedException {
        return ask(port, path, SOON);
    }

    private HealthProbe.Answer ask(int port, @Nullable String path, Duration timeout) throws InterruptedException {
        TimeSpan span = new TimeSpan(timeout);
        return probe.ask("127.0.0.1", port, new Health(path, span, span, span, 1, 3));
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "302, true", "404, false", "503, false"})
    void a_status_below_400_is_good(int status, boolean good) throws Exception {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        assertThat(answer("/healthz")).isEqualTo(new HealthProbe.Answer(good, true, "HTTP " + status));
    }

    @Test
    void the_path_is_asked_for_as_it_is_written() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        assertThat(answer("/a?b=1&c={d}|%20").good()).isTrue();
        assertThat(asked.get()).isEqualTo("/a?b=1&c=%7Bd%7D%7C%20");
    }

    @Test
    void an_answer_without_end_is_not_read() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[8192];
            while (true) {
                exchange.getResponseBody().write(chunk);
            }
        });
        assertThat(answer("/").good()).isTrue();
    }

    @Test
    void silence_is_bad_after_the_timeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ask(silent.getLocalPort(), "/"))
                    .isEqualTo(new HealthProbe.Answer(false, false, "no answer within 500 ms"));
        }
    }

    @Test
    void nobody_listening_is_bad() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(ask(port, "/").good()).isFalse();
        assertThat(ask(port, "/").words()).isNotBlank();
        assertThat(ask(port, null).good()).isFalse();
    }

    @Test
    void without_a_path_a_lasting_connection_is_good() throws Exception {
        assertThat(ask(server.getAddress().getPort(), null).good()).isTrue();
    }

    /** As an engine does for a port behind which nothing listens. */
    @Test
    void a_connection_that_is_closed_at_once_is_bad() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> acceptAndClose(proxy));
            assertThat(ask(proxy.getLocalPort(), null))
                    .isEqualTo(new HealthProbe.Answer(false, false, "the connection was closed at once"));
        }
    }

    private static void acceptAndClose(ServerSocket proxy) {
        try (Socket accepted = proxy.accept();
                InputStream _ = accepted.getInputStream()) {
            accepted.shutdownOutput();
        } catch (IOException closed) {
            return;
        }
    }
}
