package io.gantry.lifecyclemanager;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The lifecycle manager, alone or in one JVM with other services. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LifecycleManagerApplication {
    public static void main(String[] args) {
        builder().run(args);
    }

    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(LifecycleManagerApplication.class)
                .properties("spring.config.name=lifecycle-manager");
    }
}
