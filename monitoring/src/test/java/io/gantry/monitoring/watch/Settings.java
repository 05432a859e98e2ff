package io.gantry.monitoring.watch;

import io.gantry.monitoring.watch.WatchSettings.Grace;
import java.time.Duration;
import java.util.Map;

/** The defaults, and kafka with a longer grace. */
final class Settings {
    static final WatchSettings DEFAULT = new WatchSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofMinutes(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            new Grace(Duration.ofSeconds(10), Duration.ofMinutes(1)),
            Map.of("kafka", new Grace(Duration.ofSeconds(20), Duration.ofMinutes(2))));

    static final InstanceSettings INSTANCES = new InstanceSettings(Duration.ofSeconds(1), Duration.ofSeconds(3));

    private Settings() {}
}
