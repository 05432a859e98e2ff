package io.gantry.monitoring.incident;

import io.gantry.monitoring.meltdown.Meltdown;
import java.time.Duration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Looks at what is due though nothing is heard. Any number of monitors may do so. */
@Component
class IncidentSweep implements SchedulingConfigurer {
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration MELTDOWN = Duration.ofSeconds(5);

    private final Incidents incidents;
    private final Meltdown meltdown;

    IncidentSweep(Incidents incidents, Meltdown meltdown) {
        this.incidents = incidents;
        this.meltdown = meltdown;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweep, EVERY);
        tasks.addFixedDelayTask(meltdown::look, MELTDOWN);
    }

    /** A transaction each. */
    private void sweep() {
        incidents.due().forEach(incident -> incidents.hear(incident, new News.TimePassed()));
    }
}
