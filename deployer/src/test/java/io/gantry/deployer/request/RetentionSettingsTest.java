package io.gantry.deployer.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.deployer.request.RetentionSettings.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(36));
    private final RetentionSettings settings = new RetentionSettings(2, Duration.ofDays(35), Duration.ofHours(1));

    @Test
    void the_newest_are_kept_whatever_was_done_with_them() {
        assertThat(settings.old(
                        List.of(
                                new Held(9, false, LONG_AGO),
                                new Held(7, false, LONG_AGO),
                                new Held(5, false, LONG_AGO),
                                new Held(1, false, LONG_AGO)),
                        NOW))
                .containsExactly(5, 1);
    }

    @Test
    void what_runs_is_kept_and_takes_no_place_of_the_newest() {
        assertThat(settings.old(
                        List.of(
                                new Held(4, false, LONG_AGO),
                                new Held(3, false, LONG_AGO),
                                new Held(2, false, LONG_AGO),
                                new Held(1, true, LONG_AGO)),
                        NOW))
                .containsExactly(2);
    }

    @Test
    void what_was_named_of_late_is_kept() {
        Instant monthAgo = NOW.minus(Duration.ofDays(31));
        assertThat(settings.old(
                        List.of(
                                new Held(4, false, LONG_AGO),
                                new Held(3, false, LONG_AGO),
                                new Held(2, false, monthAgo),
                                new Held(1, false, LONG_AGO)),
                        NOW))
                .containsExactly(1);
    }

    @Test
    void few_are_all_kept() {
        assertThat(settings.old(List.of(new Held(1, false, LONG_AGO)), NOW)).isEmpty();
    }
}
