package io.gantry.deployer.build;

import io.gantry.deployer.work.Chore;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a deployer that was killed left on the build engine does not stay for ever. */
@Configuration(proxyBeanMethods = false)
class LeftoverSweep {
    private static final Duration EVERY = Duration.ofMinutes(10);

    @Bean
    Chore leftoverChore(ImageBuilder builder) {
        return new Chore("build-leftovers", EVERY, builder::removeLeftovers);
    }
}
