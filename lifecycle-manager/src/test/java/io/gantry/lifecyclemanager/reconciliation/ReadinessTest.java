package io.gantry.lifecyclemanager.reconciliation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Against real sockets. A look that never ends would be waited for for ever, and its machine taken for lost. */
class ReadinessTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Readiness readiness = new Readiness(http);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        http.shutdownNow();
        threads.shutdownNow();
    }

    /** And then never says anything again, not even that it is gone. */
    private void says(String beginning) {
        var _ = threads.submit(() -> {
            Socket guest = server.accept();
            guest.getOutputStream().write(beginning.getBytes(US_ASCII));
            return guest;
        });
    }

    private boolean isReady() {
        return readiness.isReady("scheduler", server.getInetAddress().getHostAddress(), server.getLocalPort());
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_dies_in_the_middle_of_its_answer_has_said_that_it_is_ready() {
        says("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n");
        assertThat(isReady()).isTrue();
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_dies_before_it_has_said_how_it_is_is_not_ready() {
        says("HTTP/1.1 200 OK\r\nContent-Le");
        assertThat(isReady()).isFalse();
    }
}
