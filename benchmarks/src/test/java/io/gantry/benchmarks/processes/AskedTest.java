package io.gantry.benchmarks.processes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTest {
    private static final String LOOPBACK = "127.0.0.1";

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, true",
        "HTTP/1.0 200 OK, true",
        "HTTP/1.1 503 Service Unavailable, false",
        "HTTP/1.0 404 Not Found, false",
        "SSH-2.0-OpenSSH_9.2, false",
    })
    void the_first_line_tells_whether_it_answers(String line, boolean good) throws IOException {
        try (ServerSocket server = answering(line)) {
            assertThat(Asked.answers(LOOPBACK, server.getLocalPort(), "/")).isEqualTo(good);
        }
    }

    @Test
    void where_nobody_listens_nothing_answers() {
        assertThat(Asked.answers(LOOPBACK, Ports.free(), "/")).isFalse();
    }

    /** One request. */
    private static ServerSocket answering(String line) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
        Thread.ofVirtual().start(() -> {
            try (Socket client = server.accept()) {
                client.getOutputStream().write((line + "\r\n\r\n").getBytes(US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        return server;
    }
}
