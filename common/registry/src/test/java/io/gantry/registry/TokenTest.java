package io.gantry.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    @Test
    void a_token_says_itself_how_long_it_is_good() {
        Instant end = NOW.plusSeconds(10_800);
        String text = part("{}") + "." + part("{\"exp\": %d}".formatted(end.getEpochSecond())) + ".signature";
        assertThat(Token.of(text, NOW)).isEqualTo(new Token(text, end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.!.c", "a.bm9qc29u.c", "e30.e30.x", ""})
    void one_that_does_not_is_kept_for_a_minute(String text) {
        assertThat(Token.of(text, NOW).ends()).isEqualTo(NOW.plusSeconds(60));
    }
}
