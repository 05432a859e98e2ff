package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.gantry.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunnelTest {
    @TempDir
    Path folder;

    private SshServerHere machine;
    private Tunnel tunnel;
    private HttpServer service;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        machine = new SshServerHere(folder);
        tunnel = new Tunnel(machine.target(), machine.keyFile());
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            byte[] path = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, path.length);
            exchange.getResponseBody().write(path);
            exchange.close();
        });
        service.start();
        address = URI.create("http://localhost:%d/a/path?asked"
                .formatted(service.getAddress().getPort()));
    }

    @AfterEach
    void stop() throws IOException {
        tunnel.close();
        service.stop(0);
        machine.close();
    }

    @Test
    void what_the_machine_reaches_answers_at_a_port_of_this_computer() throws Exception {
        assertThat(tunnel.opens(address)).isTrue();
        URI here = tunnel.to(address);
        assertThat(here.getHost()).isEqualTo("127.0.0.1");
        assertThat(here.getPort()).isNotEqualTo(address.getPort());
        assertThat(answerAt(here)).isEqualTo("/a/path?asked");
    }

    @Test
    void one_port_serves_all_who_ask_for_one_address() {
        assertThat(tunnel.to(address)).isEqualTo(tunnel.to(address));
        assertThat(machine.sessions()).isEqualTo(1);
    }

    @Test
    void nobody_there_is_seen_beforehand() {
        assertThat(tunnel.opens(URI.create("http://localhost:" + FreePorts.next())))
                .isFalse();
    }

    @Test
    void after_a_lost_session_another_port_leads_there() throws Exception {
        assertThat(answerAt(tunnel.to(address))).isEqualTo("/a/path?asked");
        machine.cutSessions();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(answerAt(tunnel.to(address))).isEqualTo("/a/path?asked"));
        assertThat(machine.sessions()).isEqualTo(2);
    }

    @Test
    void to_another_machine_than_the_one_that_was_pinned_there_is_no_way() throws IOException {
        machine.restartWithAnotherHostKey();
        assertThatThrownBy(() -> tunnel.to(address))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Unreachable.Reason.HOST_KEY_CHANGED));
    }

    @Test
    void an_address_without_a_port_is_refused() {
        assertThatThrownBy(() -> tunnel.to(URI.create("http://localhost/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("http://localhost/ names no host and port");
    }

    private static String answerAt(URI here) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(here).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
