package io.gantry.benchmarks.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** From an instant of this machine's clock to what the engine, by the same clock, says was when. */
public record Since(Instant began) {
    public static Since now(InstantSource clock) {
        return new Since(clock.instant());
    }

    public double millisTo(Start start) {
        return millisTo(start.at());
    }

    public double millisTo(Instant instant) {
        return Duration.between(began, instant).toNanos() / 1e6;
    }
}
