package io.gantry.deployer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.test.context.TestComponent;

/** Runs as every clock does, but can be put forward. */
@TestComponent
public class ShiftedClock implements InstantSource {
    private volatile Duration shift = Duration.ZERO;

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(shift);
    }

    public synchronized void putForward(Duration by) {
        shift = shift.plus(by);
    }
}
