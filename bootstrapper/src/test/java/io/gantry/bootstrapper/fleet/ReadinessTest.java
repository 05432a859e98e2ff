package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.gantry.bootstrapper.platform.Way;
import io.gantry.testkit.HangingServer;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Against real sockets. */
class ReadinessTest {
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void one_that_dies_in_the_middle_of_its_answer_has_said_that_it_is_ready() throws IOException {
        var readiness = new Readiness(InstantSource.system(), Way.DIRECT);
        try (var server = new HangingServer()) {
            server.says("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n");
            assertThatCode(() -> readiness.awaitHttp("scheduler", server.address(), server.port()))
                    .doesNotThrowAnyException();
        }
    }
}
