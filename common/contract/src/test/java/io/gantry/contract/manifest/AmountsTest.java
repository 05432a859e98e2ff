package io.gantry.contract.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "256Mi, 268435456, 256Mi",
        "1Gi, 1073741824, 1Gi",
        "1024Mi, 1073741824, 1Gi",
        "500M, 500000000, 500000000",
        "0, 0, 0"
    })
    void memory_is_read_in_any_unit_and_written_in_the_largest_that_fits(String text, long bytes, String written) {
        assertThat(Memory.parse(text).bytes()).isEqualTo(bytes);
        assertThat(Memory.parse(text)).hasToString(written);
        assertThat(Memory.parse(written)).isEqualTo(Memory.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 zillion", "-1Mi", "1.5Gi", "Mi", "", "999999999999999Ti", "1Mi\n"})
    void what_is_no_amount_of_memory_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Memory.parse(text))
                .withMessageContaining("memory");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S, 500ms", "10s, PT10S, 10s", "120s, PT2M, 2m", "1h, PT1H, 1h", "90m, PT1H30M, 90m"})
    void a_time_span_is_read_and_written(String text, Duration value, String written) {
        assertThat(TimeSpan.parse(text).value()).isEqualTo(value);
        assertThat(TimeSpan.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "1d", "-1s", "0s", "1.5s", "9999999999s"})
    void what_is_no_time_span_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSpan.parse(text))
                .withMessageContaining("time span");
    }
}
