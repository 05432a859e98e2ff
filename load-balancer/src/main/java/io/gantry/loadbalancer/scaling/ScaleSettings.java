package io.gantry.loadbalancer.scaling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param upAfter how long the load must have been above the aim before there is one instance more
 * @param downAfter how long one instance fewer must have been enough before there is one fewer
 * @param upCoolDown how long after the last change there is no more
 * @param downCoolDown how long after the last change there is no fewer
 * @param headroom the part of the aim that one instance fewer may fill at the most; less than 1, so that the number does
 *     not go to and fro
 * @param staleAfter the age at which a sample of usage says nothing any more
 * @param settle how long a number of instances must have lasted before it counts as wrong
 * @param deadline how long the deployer has for one instance
 * @param grace how long after the deadline its answer is still waited for
 * @param retryAfter the first pause after a failure; it doubles with every further one
 * @param retryAtMost the longest pause
 * @param manualFor how long a scale by hand holds, unless it says so itself
 * @param limit the most instances that can be asked for by hand
 * @param arrival how long an instance that has a place is waited for before it is said that nothing runs
 * @param sweep how often services are looked at that something is to happen to
 */
@ConfigurationProperties("load-balancer.scaling")
record ScaleSettings(
        @DefaultValue("10s") Duration upAfter,
        @DefaultValue("60s") Duration downAfter,
        @DefaultValue("20s") Duration upCoolDown,
        @DefaultValue("60s") Duration downCoolDown,
        @DefaultValue("0.9") double headroom,
        @DefaultValue("15s") Duration staleAfter,
        @DefaultValue("5s") Duration settle,
        @DefaultValue("10m") Duration deadline,
        @DefaultValue("1m") Duration grace,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("5m") Duration retryAtMost,
        @DefaultValue("1h") Duration manualFor,
        @DefaultValue("100") int limit,
        @DefaultValue("5s") Duration arrival,
        @DefaultValue("2s") Duration sweep) {}
