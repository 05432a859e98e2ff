package io.gantry.database.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param kept how long it can be asked for what is over
 * @param every how often it is looked for what is older
 */
@ConfigurationProperties("gantry.history")
record HistorySettings(
        @DefaultValue("90d") Duration kept,
        @DefaultValue("1h") Duration every) {}
