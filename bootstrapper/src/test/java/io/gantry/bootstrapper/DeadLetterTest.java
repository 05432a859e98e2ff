package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final String FIRST = "lifecycle-manager.recovery-requests-0-3";
    private static final String SECOND = "lifecycle-manager.recovery-requests-0-4";
    private static final String RESET_TERMINAL = "\\u001bc\\u009b2J";

    private PlayedPlatform platform;

    @BeforeEach
    void open() throws IOException {
        platform = new PlayedPlatform();
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void letters_are_listed_with_what_they_failed_for() {
        platform.on("GET /api/v1/dead-letters?limit=50", 200, page(letter(FIRST, "The disk is full", ""), "null"));

        Run run = Run.gantry(platform.addresses(), "dlt", "list");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        WHEN      CONSUMER                              TYPE              KEY    REASON                                    REPLAYED   LETTER
                        45s ago   lifecycle-manager.recovery-requests   restart-machine   shop   IllegalStateException: The disk is full   -          %s
                        """.formatted(FIRST));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void where_there_is_none_that_is_said_and_json_stays_json() {
        platform.on("GET /api/v1/dead-letters?limit=50", 200, "{\"deadLetters\": [], \"next\": null}");
        platform.on("GET /api/v1/dead-letters?all=true&limit=50", 200, "{\"deadLetters\": [], \"next\": null}");

        Run run = Run.gantry(platform.addresses(), "dlt", "list");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("No dead letters. --all lists those that were replayed, too.\n");
        assertThat(Run.gantry(platform.addresses(), "dlt", "list", "--all").err())
                .isEqualTo("No dead letters.\n");
        assertThat(Run.gantry(platform.addresses(), "dlt", "list", "--json").out())
                .contains("\"deadLetters\" : [ ]");
    }

    @Test
    void more_than_fit_are_asked_for_page_by_page() {
        platform.on(
                "GET /api/v1/dead-letters?topic=node-manager.nodes&limit=1&before=" + SECOND,
                200,
                page(letter(FIRST, "The disk is full", ""), "\"" + FIRST + "\""));

        Run run = Run.gantry(
                platform.addresses(), "dlt", "list", "--topic", "node-manager.nodes", "-n", "1", "--before", SECOND);

        assertThat(run.err()).isEqualTo("There are older ones: gantry dlt list --before %s\n".formatted(FIRST));
    }

    @Test
    void a_letter_is_shown_with_its_message() {
        platform.on("GET /api/v1/dead-letters/" + FIRST, 200, letter(FIRST, "The disk is full", """
                , "payload": {"encoding": "JSON", "content": {"type": "restart-machine"}, "whole": true}"""));

        Run run = Run.gantry(platform.addresses(), "dlt", "show", FIRST);

        assertThat(run.out()).isEqualTo("""
                        Letter    %s
                        Message   abcdefgh12345678
                        Type      restart-machine
                        Key       shop
                        Size      123 B
                        Sent      2026-03-01T11:58:00Z (2m ago)
                        Failed    2026-03-01T11:59:15Z (45s ago)
                        Consumer  lifecycle-manager.recovery-requests
                        Tries     4
                        Reason    NOT_HANDLED IllegalStateException: The disk is full
                        Replayed  never
                        Until     2026-03-08T11:58:00Z it can be replayed

                        {
                          "type" : "restart-machine"
                        }
                        """.formatted(FIRST));
    }

    @Test
    void what_a_message_holds_never_steers_the_terminal() {
        String content = "\"" + RESET_TERMINAL + "\"";
        platform.on("GET /api/v1/dead-letters?limit=50", 200, page(letter(FIRST, RESET_TERMINAL, ""), "null"));
        platform.on("GET /api/v1/dead-letters/" + FIRST, 200, letter(FIRST, RESET_TERMINAL, """
                , "payload": {"encoding": "JSON", "content": {"type": %s}, "whole": true}""".formatted(content)));

        for (Run run : new Run[] {
            Run.gantry(platform.addresses(), "dlt", "list"),
            Run.gantry(platform.addresses(), "dlt", "list", "--json"),
            Run.gantry(platform.addresses(), "dlt", "show", FIRST),
            Run.gantry(platform.addresses(), "dlt", "show", FIRST, "--json")
        }) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().chars().filter(Character::isISOControl)).containsOnly((int) '\n');
            assertThat(run.out().toLowerCase(java.util.Locale.ROOT)).contains("\\u001b", "\\u009b2j");
        }
    }

    @Test
    void one_is_replayed_when_it_is_confirmed_and_it_is_said_where_it_went() {
        platform.on("POST /api/v1/dead-letters/" + FIRST + "/replay", 200, replayed(FIRST));

        Run run = Run.answering("y\n", platform.addresses(), "dlt", "replay", FIRST);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .startsWith("Replay %s? [Y/n] ".formatted(FIRST))
                .endsWith(
                        "Replayed %s: message abcdefgh12345678, now lifecycle-manager.recovery-requests, partition 0, offset 9\n"
                                .formatted(FIRST));
    }

    @Test
    void without_a_yes_nothing_is_replayed() {
        Run denied = Run.answering("n\n", platform.addresses(), "dlt", "replay", FIRST);
        assertThat(denied.exitCode()).isEqualTo(2);
        assertThat(denied.err()).contains("Nothing was done");

        Run unattended = Run.gantry(platform.addresses(), "dlt", "replay", FIRST);
        assertThat(unattended.exitCode()).isEqualTo(2);
        assertThat(unattended.err()).contains("gantry dlt replay %s --yes".formatted(FIRST));
        assertThat(platform.asked()).isEmpty();
    }

    @Test
    void all_of_a_topic_are_replayed_the_oldest_first_and_what_is_refused_keeps_no_other() {
        String topic = "lifecycle-manager.recovery-requests";
        platform.on(
                "GET /api/v1/dead-letters?topic=%s&limit=500".formatted(topic),
                200,
                page(letter(SECOND, "The disk is full", ""), "\"" + SECOND + "\""));
        platform.on(
                "GET /api/v1/dead-letters?topic=%s&limit=500&before=%s".formatted(topic, SECOND),
                200,
                page(letter(FIRST, "The disk is full", ""), "null"));
        platform.onProblem("POST /api/v1/dead-letters/" + FIRST + "/replay", 409, """
                {"status": 409, "code": "TOO_OLD", "detail": "It was sent long ago."}""");
        platform.on("POST /api/v1/dead-letters/" + SECOND + "/replay", 200, replayed(SECOND));

        Run run = Run.gantry(platform.addresses(), "dlt", "replay", "--topic", topic, "--yes", "--json");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("\"replayed\" : [ {", "\"code\" : \"TOO_OLD\"");
        assertThat(platform.asked().subList(2, 4))
                .containsExactly(
                        "POST /api/v1/dead-letters/" + FIRST + "/replay",
                        "POST /api/v1/dead-letters/" + SECOND + "/replay");
    }

    @Test
    void where_a_topic_has_none_nothing_is_asked() {
        platform.on(
                "GET /api/v1/dead-letters?topic=node-manager.nodes&limit=500",
                200,
                "{\"deadLetters\": [], \"next\": null}");

        Run run = Run.gantry(platform.addresses(), "dlt", "replay", "--topic", "node-manager.nodes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("No dead letters.\n");
    }

    @Test
    void refusals_have_their_exit_codes() {
        platform.onProblem("GET /api/v1/dead-letters/" + FIRST, 404, """
                {"status": 404, "code": "NO_SUCH_DEAD_LETTER", "detail": "There is no dead letter."}""");
        platform.onProblem("POST /api/v1/dead-letters/" + FIRST + "/replay", 403, """
                {"status": 403, "code": "FORBIDDEN", "detail": "This wants OPERATOR."}""");
        platform.onProblem("POST /api/v1/dead-letters/" + SECOND + "/replay", 409, """
                {"status": 409, "code": "SUPERSEDED", "detail": "There is something newer."}""");

        assertThat(Run.gantry(platform.addresses(), "dlt", "show", FIRST).exitCode())
                .isEqualTo(3);
        assertThat(Run.gantry(platform.addresses(), "dlt", "replay", "-y", FIRST)
                        .exitCode())
                .isEqualTo(4);
        assertThat(Run.gantry(platform.addresses(), "dlt", "replay", "-y", SECOND)
                        .exitCode())
                .isEqualTo(5);
        assertThat(Run.gantry(platform.addresses(), "dlt", "replay", "-y").exitCode())
                .isEqualTo(2);
        assertThat(Run.gantry(platform.addresses(), "dlt", "replay", "-y", FIRST, "--topic", "x")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void completion_and_help_know_it() {
        assertThat(Run.gantry(platform.addresses(), "--help").out()).contains("dlt ");
        assertThat(Run.gantry(platform.addresses(), "dlt", "--help").out()).contains("list|show|replay");
        assertThat(Run.gantry(platform.addresses(), "completion", "bash").out()).contains("replay", "--topic");
    }

    private static String page(String letter, String next) {
        return "{\"deadLetters\": [%s], \"next\": %s}".formatted(letter, next);
    }

    private static String letter(String id, String message, String more) {
        return """
                {"id": "%s", "topic": "lifecycle-manager.recovery-requests", "key": "shop", "messageId": "abcdefgh12345678",
                 "type": "restart-machine", "sentAt": "2026-03-01T11:58:00Z", "failedAt": "2026-03-01T11:59:15Z",
                 "reason": {"code": "NOT_HANDLED", "message": "%s", "exception": "java.lang.IllegalStateException"},
                 "consumer": "lifecycle-manager.recovery-requests", "tries": 4, "size": 123,
                 "replayableUntil": "2026-03-08T11:58:00Z", "replayedAt": null%s}""".formatted(id, message, more);
    }

    private static String replayed(String id) {
        return """
                {"id": "%s", "topic": "lifecycle-manager.recovery-requests", "partition": 0, "offset": 9,
                 "messageId": "abcdefgh12345678", "replayedAt": "2026-03-01T12:00:00Z"}""".formatted(id);
    }
}
