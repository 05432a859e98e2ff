package io.gantry.lifecyclemanager.fleet;

import io.gantry.fleet.Fleet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as it is to be.
 *
 * @param platformImage of the platform's own services; none: the one that the lifecycle manager was started from
 * @param revision counted from 1, raised by each change
 * @param seededAt when it was told for the first time
 */
public record FleetDocument(
        Fleet fleet, @Nullable String platformImage, long revision, Instant seededAt, Instant changedAt) {}
