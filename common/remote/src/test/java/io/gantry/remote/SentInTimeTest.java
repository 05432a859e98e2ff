package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Over real connections. */
class SentInTimeTest {
    private static final byte[] PACKET = new byte[32_768];

    private ServerSocket server;
    private Socket socket;
    private Socket other;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new Socket(server.getInetAddress(), server.getLocalPort());
        other = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        other.close();
        server.close();
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_connection_that_takes_nothing_any_more_is_cut() throws IOException {
        OutputStream out = new SentInTime(socket, Duration.ofMillis(200));
        assertThatThrownBy(() -> {
                    while (true) {
                        out.write(PACKET, 0, PACKET.length);
                    }
                })
                .isInstanceOf(SocketException.class);
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_goes_on_taking_is_not_however_long_it_takes() throws Exception {
        Duration within = Duration.ofSeconds(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            OutputStream out = new SentInTime(socket, within);
            var read = threads.submit(() -> drain(other.getInputStream()));
            long sent = 0;
            for (Instant end = Instant.now().plus(within.multipliedBy(4));
                    Instant.now().isBefore(end); ) {
                out.write(PACKET, 0, PACKET.length);
                sent += PACKET.length;
            }
            out.close();
            assertThat(read.get()).isEqualTo(sent);
        }
    }

    private static long drain(InputStream in) throws IOException {
        return in.transferTo(OutputStream.nullOutputStream());
    }
}
