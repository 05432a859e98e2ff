package io.gantry.bootstrapper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"PT-1S, 0s", "PT59S, 59s", "PT60S, 1m", "PT59M59S, 59m", "PT23H, 23h", "PT49H, 2d"})
    void ages_are_rough(Duration age, String said) {
        assertThat(Ages.rough(age)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"PT0.04S, 0.0s", "PT12.34S, 12.3s", "PT2M5S, 2m 5s"})
    void what_was_waited_for_is_exact(Duration elapsed, String said) {
        assertThat(Ages.exact(elapsed)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "20480, 20 KiB", "536870912, 512 MiB"})
    void sizes_are_short(long bytes, String said) {
        assertThat(Sizes.of(bytes)).isEqualTo(said);
    }
}
