package io.gantry.lifecyclemanager.restart;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deadline how long a restart may take
 * @param arrival how long what does not run is waited for: it may have been deployed just now
 */
@ConfigurationProperties("lifecycle-manager.restart")
record RestartSettings(
        @DefaultValue("15m") Duration deadline,
        @DefaultValue("2s") Duration arrival) {}
