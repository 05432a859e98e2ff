package io.gantry.loadbalancer.reservation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param reservationTtl how long a node is kept for an instance that is never registered; longer than the deployer takes
 *     to pull, start and verify
 * @param keepEnded how long an ended reservation is remembered, so that a late message about it changes nothing
 * @param sweep how often it is looked for what is overdue
 * @param report how often the lifecycle-manager is told what is short
 * @param seed of the drawing of lots among many nodes
 */
@ConfigurationProperties("load-balancer.placement")
record PlacementSettings(
        @DefaultValue("15m") Duration reservationTtl,
        @DefaultValue("24h") Duration keepEnded,
        @DefaultValue("5s") Duration sweep,
        @DefaultValue("5s") Duration report,
        @DefaultValue("1") long seed) {}
