package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.HangingServer;
import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Against real sockets. A look that never ends would be waited for for ever, and its machine taken for lost. */
class ReadinessTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Readiness readiness = new Readiness(http);
    private HangingServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new HangingServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        http.shutdownNow();
    }

    private boolean isReady() {
        return readiness.isReady("scheduler", server.address(), server.port());
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_dies_in_the_middle_of_its_answer_has_said_that_it_is_ready() {
        server.says("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n");
        assertThat(isReady()).isTrue();
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_dies_before_it_has_said_how_it_is_is_not_ready() {
        server.says("HTTP/1.1 200 OK\r\nContent-Le");
        assertThat(isReady()).isFalse();
    }
}
