package io.gantry.deployer.rollout;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param firstPort of those that instances get on their node
 * @param lastPort of those that instances get on their node
 * @param networks addresses for apps' networks; each app takes 256 of them
 * @param workerStaysUp how long a worker must run to count as up
 */
@ConfigurationProperties("gantry.deployer.rollout")
record RolloutSettings(
        @DefaultValue("20000") int firstPort,
        @DefaultValue("29999") int lastPort,
        @DefaultValue("10.192.0.0/11") String networks,
        @DefaultValue("2s") Duration workerStaysUp) {}
