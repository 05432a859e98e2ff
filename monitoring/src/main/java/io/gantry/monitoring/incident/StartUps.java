package io.gantry.monitoring.incident;

import io.gantry.monitoring.unit.Unit;
import java.time.Duration;

/** How long units may take to come up once they were started. */
@FunctionalInterface
public interface StartUps {
    Duration of(Unit unit);
}
