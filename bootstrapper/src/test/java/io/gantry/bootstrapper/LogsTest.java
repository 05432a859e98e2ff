package io.gantry.bootstrapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsTest {
    private static final String LINE = """
            {"instance": "shop-app-server-abcdefgh12345678-0", "service": "app-server", "at": "2026-03-01T11:58:00Z",
             "stream": "stdout", "text": "Listening on port 8000"}""";

    private PlayedPlatform platform;

    @BeforeEach
    void play() throws IOException {
        platform = new PlayedPlatform();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void what_was_written_is_shown() {
        platform.onText("GET /api/v1/apps/shop/log?service=app-server&tail=2", "shop-0 | one\nshop-0 | two\n");

        assertThat(Run.gantry(platform.addresses(), "logs", "shop", "app-server", "-n", "2")
                        .out())
                .isEqualTo("shop-0 | one\nshop-0 | two\n");
    }

    @Test
    void as_json_it_is_an_object_a_line() {
        String line = LINE.replace("\n", "");
        platform.onText("GET /api/v1/apps/shop/log", line + "\n" + line + "\n");

        assertThat(Run.gantry(platform.addresses(), "logs", "shop", "--json").out())
                .isEqualTo(line + "\n" + line + "\n");
        assertThat(platform.asked("GET /api/v1/apps/shop/log").headers())
                .containsEntry("Accept", "application/x-ndjson");
    }

    @Test
    void an_app_without_instances_has_no_log() {
        platform.onProblem(
                "GET /api/v1/apps/shop/log",
                404,
                "{\"status\": 404, \"code\": \"NO_INSTANCES\", \"detail\": \"There is no instance of shop.\"}");

        assertThat(Run.gantry(platform.addresses(), "logs", "shop").exitCode()).isEqualTo(3);
    }

    @Test
    void what_is_being_written_is_shown_until_interrupted() {
        platform.onEventsNamed("line", "GET /api/v1/apps/shop/log?follow=true", LINE);
        var out = new ByteArrayOutputStream();
        var exitCode = new CompletableFuture<Integer>();

        Thread following = Thread.ofVirtual().start(() -> exitCode.complete(follow(out)));
        await().until(() ->
                out.toString(UTF_8).equals("shop-app-server-abcdefgh12345678-0 | Listening on port 8000\n"));
        following.interrupt();

        assertThat(exitCode).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(130);
    }

    @Test
    void following_ends_when_nobody_reads_any_more() {
        platform.onEventsNamed("line", "GET /api/v1/apps/shop/log?follow=true", LINE, LINE);

        assertThat(follow(new GoneReader())).isZero();
    }

    private int follow(OutputStream out) {
        var err = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        Terminal terminal = Terminal.unattended(new PrintStream(out, true, UTF_8), err);
        var session = new Session(
                terminal, InstantSource.fixed(Run.NOW), Map.of(), Run.NO_CONTEXTS, _ -> platform.addresses());
        return Verbs.of(session).execute("logs", "shop", "--follow");
    }

    /** As a pipe whose other end was closed. */
    private static final class GoneReader extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
