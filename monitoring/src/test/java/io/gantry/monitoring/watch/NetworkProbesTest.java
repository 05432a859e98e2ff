package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import io.gantry.remote.Engines;
import io.gantry.remote.HealthProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Against real sockets. */
class NetworkProbesTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HealthProbe instances = new HealthProbe();
    private final Engines engines = new Engines(null);
    private final Probes probes = probes(Duration.ofSeconds(60));
    private final Probes impatient = probes(Duration.ofMillis(500));
    private ServerSocket server;

    private Probes probes(Duration answerWithin) {
        return new NetworkProbes(new EngineQuestions(engines), http, instances, threads, answerWithin);
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, HERE);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        http.shutdownNow();
        instances.close();
        engines.close();
        threads.shutdownNow();
    }

    private void greets(String hello) {
        threads.submit(() -> {
            try (Socket guest = server.accept()) {
                guest.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
            }
            return hello;
        });
    }

    private PreparedMachine machine() {
        return new PreparedMachine(
                new NodeId("vm-1"),
                URI.create("ssh://gantry@%s:%d".formatted(HERE.getHostAddress(), server.getLocalPort())),
                "ssh-ed25519 AAAA",
                HERE.getHostAddress(),
                true,
                2,
                Memory.mebibytes(1024),
                Map.of(),
                false,
                Instant.EPOCH);
    }

    private static PlatformReplica replica(String service, int port) {
        return new PlatformReplica(service, "vm-1", HERE.getHostAddress(), port, Instant.EPOCH);
    }

    @Test
    void a_machine_whose_ssh_server_says_hello_is_there() throws InterruptedException {
        greets("SSH-2.0-OpenSSH_10.0\r\n");
        assertThat(probes.ask(machine())).isEmpty();
    }

    @Test
    void one_that_takes_connections_and_says_nothing_is_not() throws InterruptedException {
        assertThat(impatient.ask(machine())).isPresent();
    }

    @Test
    void nor_is_one_where_something_else_answers() throws InterruptedException {
        greets("HTTP/1.1 400 Bad Request\r\n");
        assertThat(probes.ask(machine())).contains("what answers is no SSH server");
    }

    @Test
    void nor_is_one_where_nothing_listens() throws IOException, InterruptedException {
        server.close();
        assertThat(probes.ask(machine()))
                .hasValueSatisfying(why -> assertThat(why).contains("refused"));
    }

    @Test
    void a_backing_service_that_takes_a_connection_answers() throws IOException, InterruptedException {
        PlatformReplica postgres = replica("postgres", server.getLocalPort());
        assertThat(probes.ask(postgres)).isEmpty();
        server.close();
        assertThat(probes.ask(postgres)).isPresent();
    }

    @Test
    void a_service_answers_when_it_is_ready() throws IOException, InterruptedException {
        assertThat(readiness(200)).isEmpty();
        assertThat(readiness(503)).contains("HTTP 503");
    }

    @Test
    void a_service_that_takes_the_question_and_does_not_answer_it_is_silent() throws InterruptedException {
        assertThat(impatient.ask(replica("scheduler", server.getLocalPort()))).contains("no answer in time");
    }

    /** As of a machine that dies in the middle of its answer: nobody says any more that it has ended. */
    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void of_an_answer_that_never_ends_the_status_is_enough() throws InterruptedException {
        var _ = threads.submit(() -> {
            Socket guest = server.accept();
            guest.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return guest;
        });
        assertThat(probes.ask(replica("scheduler", server.getLocalPort()))).isEmpty();
    }

    private Optional<String> readiness(int status) throws IOException, InterruptedException {
        HttpServer service = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        service.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        service.start();
        try {
            return probes.ask(replica("scheduler", service.getAddress().getPort()));
        } finally {
            service.stop(0);
        }
    }
}
