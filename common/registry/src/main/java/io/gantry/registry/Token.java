package io.gantry.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lets in whoever has it, for a while.
 *
 * @param text a secret
 */
record Token(String text, Instant ends) {
    /** As long as one is good that does not say how long it is. */
    private static final Duration UNSAID = Duration.ofMinutes(1);

    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param text a JSON web token; its signature is its registry's business */
    static Token of(String text, Instant now) {
        return new Token(text, end(text, now.plus(UNSAID)));
    }

    private static Instant end(String text, Instant unsaid) {
        String[] parts = text.split("\\.", -1);
        try {
            return parts.length == 3
                    ? Instant.ofEpochSecond(JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
                            .path("exp")
                            .asLong(unsaid.getEpochSecond()))
                    : unsaid;
        } catch (JacksonException | IllegalArgumentException noWebToken) {
            return unsaid;
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Token[ends=%s]".formatted(ends);
    }
}
