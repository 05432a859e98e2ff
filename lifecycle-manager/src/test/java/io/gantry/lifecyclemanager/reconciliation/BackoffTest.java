package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doubles_up_to_a_minute_and_stays_there() {
        assertThat(IntStream.rangeClosed(1, 9).mapToObj(Backoff::after).map(rest -> (int) rest.toSeconds()))
                .containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
        assertThat(Backoff.after(Integer.MAX_VALUE)).hasSeconds(60);
    }
}
