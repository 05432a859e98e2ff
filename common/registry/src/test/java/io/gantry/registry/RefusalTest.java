package io.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unauthorized: authentication required",
                "denied: requested access to the resource is denied",
                "pull access denied for shop/web, repository does not exist or may require 'docker login'",
                "error parsing HTTP 403 response body: 403 Forbidden"
            })
    void an_engine_says_it_in_several_words(String reason) {
        assertThat(Refusal.isWhy(reason)).isTrue();
    }

    @Test
    void anything_else_is_none() {
        assertThat(Refusal.isWhy("manifest unknown")).isFalse();
        assertThat(Refusal.isWhy(null)).isFalse();
    }
}
