package io.gantry.lifecyclemanager.restart;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param deadline how long a restart may take */
@ConfigurationProperties("lifecycle-manager.restart")
record RestartSettings(@DefaultValue("15m") Duration deadline) {}
