package io.gantry.loadbalancer;

import io.gantry.testkit.EmbeddedPlatform;
import io.gantry.testkit.SettableClock;
import io.gantry.testkit.Silence;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The whole load-balancer with a real database and a real broker, a clock that stands still, and its neighbours played. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = LoadBalancerApplication.class,
        properties = {
            "spring.config.name=load-balancer",
            "load-balancer.placement.sweep=1h",
            "load-balancer.placement.report=1h",
            "load-balancer.scaling.arrival=1m",
            "load-balancer.scaling.sweep=1h"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@Import({LoadBalancerTest.Clock.class, Neighbours.class, Silence.class})
public @interface LoadBalancerTest {
    @TestConfiguration
    class Clock {
        public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

        @Bean
        SettableClock clock() {
            return new SettableClock(START);
        }
    }
}
