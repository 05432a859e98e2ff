package io.gantry.bootstrapper.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.PlayedPlatform;
import io.gantry.bootstrapper.session.Complaints;
import io.gantry.bootstrapper.session.Contexts;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How {@code up} waits for a fleet to be what it is to be. */
class ReconciliationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String REFUSAL =
            "Azure could not resize vm-3 to Standard_D4as_v5. Say it again with: gantry up";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private PlayedPlatform platform;
    private Session session;

    @BeforeEach
    void play() throws IOException {
        platform = new PlayedPlatform();
        session = new Session(
                Terminal.unattended(new PrintStream(said, true, UTF_8), new PrintStream(said, true, UTF_8)),
                InstantSource.system(),
                Map.of(),
                new Contexts(Path.of("target", "nobodys-config")),
                _ -> platform.addresses());
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private void follow(String... progress) throws InterruptedException {
        platform.onEventsNamed("progress", "GET /api/v1/reconciliation/events", progress);
        new Reconciliation(session).follow(0, PATIENCE);
    }

    @Test
    void what_was_refused_ends_the_waiting_and_says_what_to_do() {
        assertThatThrownBy(() -> follow("""
                        {"news": 1, "settled": false, "waitsFor": ["a look at the fleet"], "refused": []}""", """
                        {"news": 2, "settled": false, "waitsFor": ["%1$s"], "refused": ["%1$s"]}""".formatted(REFUSAL)))
                .isInstanceOfSatisfying(
                        GaveUpException.class,
                        ended ->
                                assertThat(new Complaints(session).about(ended)).isEqualTo(ExitCode.FAILED.number()))
                .hasMessageContaining(REFUSAL);
        assertThat(said.toString(UTF_8)).contains(REFUSAL, "gantry status", "when gantry up is said again");
    }

    @Test
    void what_failed_and_is_tried_again_is_waited_for() throws InterruptedException {
        follow("""
                {"news": 1, "settled": false, "waitsFor": ["vm-3 to create the machine: Azure has no room"], "refused": []}""", """
                {"news": 2, "settled": true, "waitsFor": [], "refused": []}""");
    }

    @Test
    void a_platform_that_knows_of_no_refusals_is_waited_for_as_before() throws InterruptedException {
        follow("""
                {"news": 1, "settled": false, "waitsFor": ["There is no room."]}""", """
                {"news": 2, "settled": true, "waitsFor": []}""");
    }
}
