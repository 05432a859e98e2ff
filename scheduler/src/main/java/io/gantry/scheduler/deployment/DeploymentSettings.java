package io.gantry.scheduler.deployment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deadline how long the deployer has for a deployment
 * @param grace how long after the deadline its answer is waited for
 */
@ConfigurationProperties("scheduler.deployment")
record DeploymentSettings(
        @DefaultValue("30m") Duration deadline,
        @DefaultValue("1m") Duration grace) {}
