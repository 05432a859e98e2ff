package io.gantry.nodemanager.usage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param every how often the usage of each node is published; engines measure once a second */
@ConfigurationProperties("node-manager.usage")
record UsageSettings(@DefaultValue("1s") Duration every) {}
