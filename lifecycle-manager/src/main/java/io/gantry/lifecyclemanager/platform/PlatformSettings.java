package io.gantry.lifecyclemanager.platform;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param services where each service of the platform is reached, by its name
 * @param answersWithin how long a service may take to say whether it is ready
 */
@ConfigurationProperties("lifecycle-manager.platform")
record PlatformSettings(
        Map<String, URI> services, @DefaultValue("5s") Duration answersWithin) {
    PlatformSettings {
        services = Map.copyOf(services);
    }
}
