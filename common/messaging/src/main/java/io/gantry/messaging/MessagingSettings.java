package io.gantry.messaging;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param partitions of each topic that this service creates
 * @param replicationFactor of each topic that this service creates
 * @param sweep how often the outbox is looked through for what a crash left behind
 * @param keepSent how long sent messages stay in the outbox, so that a lost broker can be told them again
 * @param keepReceived how long the inbox remembers; longer than any topic keeps its messages
 * @param tries how often a message that can't be handled is tried before it is set aside
 */
@ConfigurationProperties("gantry.messaging")
record MessagingSettings(
        @DefaultValue("3") int partitions,
        @DefaultValue("1") short replicationFactor,
        @DefaultValue("5s") Duration sweep,
        @DefaultValue("24h") Duration keepSent,
        @DefaultValue("8d") Duration keepReceived,
        @DefaultValue("4") int tries) {}
