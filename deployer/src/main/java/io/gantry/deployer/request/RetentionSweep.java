package io.gantry.deployer.request;

import io.gantry.deployer.work.Chore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The container registry and the nodes do not fill up with images of versions that nobody runs. */
@Configuration(proxyBeanMethods = false)
class RetentionSweep {
    @Bean
    Chore retentionChore(OldImages images, RetentionSettings settings) {
        return new Chore("old-images", settings.every(), () -> images.services().forEach(images::discard));
    }
}
