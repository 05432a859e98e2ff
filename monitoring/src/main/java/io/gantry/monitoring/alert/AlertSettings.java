package io.gantry.monitoring.alert;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param webhook where alerts are posted; none: they are in the log only
 * @param timeout how long it may take to answer
 * @param retryAfter the first pause after a failure; it grows with every further one
 * @param tries how often an alert is posted until it is given up
 */
@ConfigurationProperties("monitoring.alerts")
record AlertSettings(
        @Nullable URI webhook,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("20") int tries) {}
