package io.gantry.lifecyclemanager.capacity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param staleAfter age at which what the load-balancer said says nothing any more */
@ConfigurationProperties("lifecycle-manager.capacity")
record CapacitySettings(@DefaultValue("30s") Duration staleAfter) {}
