package io.gantry.bootstrapper.deadletter;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dead letter, as monitoring tells of it.
 *
 * @param consumer the group that could not do with it
 * @param payload only where one letter was asked for
 */
record Letter(
        String id,
        String topic,
        @Nullable String key,
        String messageId,
        @Nullable String type,
        Instant sentAt,
        Instant failedAt,
        Reason reason,
        @Nullable String consumer,
        int tries,
        long size,
        @Nullable Instant replayableUntil,
        @Nullable Instant replayedAt,
        @Nullable Payload payload) {
    record Reason(String code, String message, @Nullable String exception) {
        /** The exception without its package, and what it said. */
        String sentence() {
            return exception == null ? message : exception.substring(exception.lastIndexOf('.') + 1) + ": " + message;
        }
    }

    /** @param content any JSON, or a text: bytes in base64 */
    record Payload(String encoding, @Nullable JsonNode content, boolean whole) {}

    /** @param next what asks for the letters before these; none: there are none */
    record Page(List<Letter> deadLetters, @Nullable String next) {}
}
