package io.gantry.contract.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private final KeyText key = KeyText.draw(new Random(1));

    @Test
    void a_key_is_read_as_it_was_drawn() {
        assertThat(key.text()).matches("gantry_[a-z0-9]{8}_[A-Za-z0-9]{43}");
        assertThat(KeyText.parse(key.text()))
                .hasValueSatisfying(read -> assertThat(read.id()).isEqualTo(key.id()));
        assertThat(KeyText.draw(new Random(2)).text()).isNotEqualTo(key.text());
    }

    @Test
    void a_key_is_known_by_its_hash_alone() {
        assertThat(key.isOf(known(key.sha256()))).isTrue();
        assertThat(key.isOf(known(KeyText.draw(new Random(2)).sha256()))).isFalse();
        assertThat(key.isOf(known(""))).isFalse();
    }

    @Test
    void a_key_shows_its_secret_to_nobody() {
        assertThat(key).hasToString("gantry_" + key.id() + "_…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gantry_k7m2x9qd",
                "gantry_k7m2x9qd_",
                "gantry_k7m2x9qd_short",
                "Bearer x",
                "gantry_K7M2X9QD_x"
            })
    void what_is_no_key_is_not_read(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }

    private ApiKey known(String sha256) {
        return new ApiKey(key.id(), "test", ApiKey.Role.OPERATOR, sha256, Instant.EPOCH);
    }
}
