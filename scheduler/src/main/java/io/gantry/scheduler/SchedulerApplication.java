package io.gantry.scheduler;

import com.github.kagkarlsson.scheduler.Clock;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.AzureLanding;
import io.gantry.storage.BlobStore;
import io.gantry.storage.Landing;
import io.gantry.storage.StorageSettings;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The scheduler, alone or in one JVM with other services. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SchedulerApplication {
    public static void main(String[] args) {
        builder().run(args);
    }

    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(SchedulerApplication.class).properties("spring.config.name=scheduler");
    }

    @Bean
    @ConditionalOnMissingBean
    BlobStore blobStore(Environment environment) {
        return new AzureBlobStore(storage(environment));
    }

    @Bean
    @ConditionalOnMissingBean
    Landing landing(Environment environment) {
        return AzureLanding.of(storage(environment));
    }

    private static StorageSettings storage(Environment environment) {
        return Binder.get(environment)
                .bind("gantry.storage", StorageSettings.class)
                .get();
    }

    /** Due work and everything else go by one clock. */
    @Bean
    Clock dueWorkClock(InstantSource clock) {
        return clock::instant;
    }
}
