package io.gantry.loadbalancer;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The load-balancer, alone or in one JVM with other services. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class LoadBalancerApplication {
    public static void main(String[] args) {
        builder().run(args);
    }

    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(LoadBalancerApplication.class)
                .properties("spring.config.name=load-balancer");
    }
}
