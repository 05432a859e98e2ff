package io.gantry.monitoring.meltdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeltdownGuardTest {
    private static final MeltdownGuard GUARD = new MeltdownGuard(20, 5, Duration.ofMinutes(10));

    @ParameterizedTest
    @CsvSource({
        "1, 1, false",
        "5, 5, false",
        "6, 6, true",
        "6, 29, true",
        "6, 30, false",
        "200, 1000, false",
        "201, 1000, true",
        "0, 0, false"
    })
    void it_takes_more_than_five_and_more_than_a_fifth(int fallen, int all, boolean meltdown) {
        assertThat(GUARD.isMeltdown(fallen, all)).isEqualTo(meltdown);
    }
}
