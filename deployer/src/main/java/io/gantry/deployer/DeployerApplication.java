package io.gantry.deployer;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Takes releases to where they run. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DeployerApplication {
    public static void main(String[] args) {
        builder().run(args);
    }

    /** Settings are in {@code deployer.yml}, so that several services can share one JVM. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(DeployerApplication.class).properties("spring.config.name=deployer");
    }
}
