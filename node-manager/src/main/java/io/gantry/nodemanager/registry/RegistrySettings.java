package io.gantry.nodemanager.registry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param adoptAfter how long beyond its grace period a container with our labels runs without an entry before it is given
 *     one; the deployer enters it when it is verified
 * @param rememberDeregistered how long a container that was taken out of the registry is not taken for a lost one
 */
@ConfigurationProperties("node-manager.registry")
record RegistrySettings(
        @DefaultValue("30s") Duration adoptAfter,
        @DefaultValue("30d") Duration rememberDeregistered) {}
