package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.remote.HealthProbe.Answer;
import io.gantry.remote.HealthProbe.Heard;
import io.gantry.testkit.FreePorts;
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
    /** For what is not to answer, but to be reached. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** For what is to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    private Answer answer(String path) throws InterruptedException {
        return ask(server.getAddress().getPort(), path, PATIENCE);
    }

    private Answer ask(int port, @Nullable String path) throws InterruptedException {
        return ask(port, path, SOON);
    }

    private Answer ask(int port, @Nullable String path, Duration timeout) throws InterruptedException {
        return ask(probe, port, path, timeout);
    }

    private static Answer ask(HealthProbe probe, int port, @Nullable String path, Duration timeout)
            throws InterruptedException {
        TimeSpan span = new TimeSpan(timeout);
        return probe.ask("127.0.0.1", port, new Health(path, span, span, span, 1, 3));
    }

    @ParameterizedTest
    @CsvSource({"200, GOOD", "204, GOOD", "302, GOOD", "404, BAD", "503, BAD"})
    void a_status_below_400_is_good(int status, Heard heard) throws Exception {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        assertThat(answer("/healthz")).isEqualTo(new Answer(heard, "HTTP " + status));
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
        assertThat(answer("/100%/%zz%2").good()).isTrue();
        assertThat(asked.get()).isEqualTo("/100%25/%25zz%252");
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
                    .isEqualTo(new Answer(Heard.NOTHING, "no answer within 2000 ms"));
        }
    }

    /** Of the addresses that are for documentation (RFC 5737): nobody is there. */
    @Test
    void silence_where_not_even_a_connection_comes_about_is_told_from_it() throws Exception {
        TimeSpan span = new TimeSpan(SOON);
        assertThat(probe.ask("192.0.2.1", 80, new Health("/", span, span, span, 1, 3))
                        .heard())
                .isEqualTo(Heard.UNREACHED);
    }

    @Test
    void nobody_listening_is_bad() throws Exception {
        int port = FreePorts.next();
        assertThat(ask(port, "/").heard()).isEqualTo(Heard.UNREACHED);
        assertThat(ask(port, "/").words()).isNotBlank();
        assertThat(ask(port, null).heard()).isEqualTo(Heard.UNREACHED);
    }

    @Test
    void without_a_path_a_lasting_connection_is_good() throws Exception {
        assertThat(ask(server.getAddress().getPort(), null).good()).isTrue();
    }

    /** As an engine does for a port behind which nothing listens. */
    @Test
    void a_connection_that_is_closed_at_once_is_bad() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HealthProbe patient = new HealthProbe(PATIENCE)) {
            Thread.ofVirtual().start(() -> acceptAndClose(proxy));
            assertThat(ask(patient, proxy.getLocalPort(), null, PATIENCE))
                    .isEqualTo(new Answer(Heard.NOTHING, "the connection was closed at once"));
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
