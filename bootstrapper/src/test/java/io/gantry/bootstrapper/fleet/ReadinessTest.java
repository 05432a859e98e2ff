package io.gantry.bootstrapper.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrapper.platform.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Against real sockets. */
class ReadinessTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /** And then never says anything again, not even that it is gone. */
    private Future<Socket> says(String beginning) {
        return threads.submit(() -> {
            Socket guest = server.accept();
            guest.getOutputStream().write(beginning.getBytes(US_ASCII));
            return guest;
        });
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_dies_in_the_middle_of_its_answer_has_said_that_it_is_ready() throws Exception {
        Future<Socket> asked = says("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n");
        new Readiness(InstantSource.system(), Way.DIRECT)
                .awaitHttp("scheduler", server.getInetAddress().getHostAddress(), server.getLocalPort());
        try (Socket guest = asked.get()) {
            assertThat(guest.isClosed()).isFalse();
        }
    }
}
