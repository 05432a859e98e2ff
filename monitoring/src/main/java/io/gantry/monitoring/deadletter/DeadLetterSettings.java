package io.gantry.monitoring.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param every how often it is looked for letters that nobody has seen; people are alerted no more often */
@ConfigurationProperties("monitoring.dead-letters")
record DeadLetterSettings(@DefaultValue("30s") Duration every) {}
