package io.gantry.nodemanager;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The node-manager, alone or in one JVM with other services. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class NodeManagerApplication {
    public static void main(String[] args) {
        builder().run(args);
    }

    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(NodeManagerApplication.class).properties("spring.config.name=node-manager");
    }
}
