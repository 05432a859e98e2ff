package io.gantry.bootstrapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptTest {
    private static final String EVENTS = "GET /api/v1/deployments/abcdefgh12345678/events";
    private static final int SIGINT_EXIT = 130;

    @Test
    void ctrl_c_lets_go_of_a_deployment_and_says_that_it_goes_on() throws IOException, InterruptedException {
        try (var platform = new PlayedPlatform()) {
            platform.onEvents(EVENTS);
            Process gantry = gantry("deployment", "abcdefgh12345678", "--wait", platform);
            await().until(() -> platform.asked().contains(EVENTS));

            interrupt(gantry);

            assertThat(gantry.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gantry.exitValue()).isEqualTo(SIGINT_EXIT);
            assertThat(new String(gantry.getErrorStream().readAllBytes(), UTF_8))
                    .contains("deployment abcdefgh12345678 goes on")
                    .contains("gantry cancel abcdefgh12345678");
        }
    }

    private static void interrupt(Process gantry) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(gantry.pid())).start();
        assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /**
     * The scheduler listens on the port after the base. Who runs the tests in the background ignores interrupts, and so would
     * the process if it were not told otherwise.
     */
    private static Process gantry(String verb, String token, String option, PlayedPlatform platform)
            throws IOException {
        return new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gantry.class.getName(),
                        verb,
                        token,
                        option,
                        "--port-base",
                        Integer.toString(platform.address().getPort() - 1))
                .start();
    }
}
