package io.gantry.lifecyclemanager.lease;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param lasts from the last renewal; another takes over so much after the holder was last heard of
 * @param renewEvery while it is held
 * @param tryEvery while another holds it
 */
@ConfigurationProperties("lifecycle-manager.lease")
public record LeaseSettings(
        @DefaultValue("12s") Duration lasts,
        @DefaultValue("3s") Duration renewEvery,
        @DefaultValue("1s") Duration tryEvery) {}
