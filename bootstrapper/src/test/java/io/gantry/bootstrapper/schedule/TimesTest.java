package io.gantry.bootstrapper.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.session.GaveUpException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T18:00:00Z, 2026-03-01T18:00:00Z",
        "2026-03-01T18:00:00+05:00, 2026-03-01T13:00:00Z",
        "2026-03-01T18:00, 2026-03-01T17:00:00Z",
        "+90s, 2026-03-01T12:01:30Z",
        "+2h, 2026-03-01T14:00:00Z"
    })
    void times_are_read_as_people_type_them(String typed, Instant meant) {
        assertThat(Times.parse(typed, NOW, BERLIN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "+soon", "18:00", "2026-13-01T18:00", "+99999999999h"})
    void what_is_no_time_is_refused(String typed) {
        assertThatThrownBy(() -> Times.parse(typed, NOW, BERLIN)).isInstanceOf(GaveUpException.class);
    }
}
