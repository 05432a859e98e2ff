package io.gantry.loadbalancer.reservation;

import java.time.Duration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Sees to it that what is overdue is noticed though nothing happens. Any number of load balancers may do so. */
@Component
class PlacementSweep implements SchedulingConfigurer {
    private static final Duration PURGE = Duration.ofHours(1);

    private final Placements placements;
    private final CapacityReports reports;
    private final PlacementSettings settings;

    PlacementSweep(Placements placements, CapacityReports reports, PlacementSettings settings) {
        this.placements = placements;
        this.reports = reports;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(placements::sweep, settings.sweep());
        tasks.addFixedDelayTask(reports::tell, settings.report());
        tasks.addFixedDelayTask(placements::forgetEnded, PURGE);
    }
}
