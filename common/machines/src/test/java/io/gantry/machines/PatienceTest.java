package io.gantry.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Patience patience = new Patience(clock, Duration.ofSeconds(20), Duration.ofNanos(1));

    @Test
    void it_looks_until_there_is_something() {
        Iterator<Optional<String>> looks = List.of(
                        Optional.<String>empty(), Optional.<String>empty(), Optional.of("there"))
                .iterator();
        assertThat(patience.await(looks::next)).contains("there");
    }

    @Test
    void it_ends() {
        assertThat(patience.await(() -> {
                    clock.advance(Duration.ofSeconds(10));
                    return Optional.empty();
                }))
                .isEmpty();
    }

    @Test
    void whoever_is_asked_to_stop_stops() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patience.await(Optional::empty)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
