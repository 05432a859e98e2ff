package io.gantry.loadbalancer.scaling;

import java.time.Duration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Looks at services that something is to happen to though nothing is heard. Any number of load balancers may do so. */
@Component
class ScalingSweep implements SchedulingConfigurer {
    private static final Duration PURGE = Duration.ofHours(1);

    private final Scaling scaling;
    private final ScaleSettings settings;

    ScalingSweep(Scaling scaling, ScaleSettings settings) {
        this.scaling = scaling;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweep, settings.sweep());
        tasks.addFixedDelayTask(scaling::forgetUnused, PURGE);
    }

    /** A transaction each. */
    void sweep() {
        scaling.restless().forEach(scaling::look);
    }
}
