package io.gantry.nodemanager;

import io.gantry.testkit.EmbeddedPlatform;
import io.gantry.testkit.SettableClock;
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

/** The whole node-manager with a real database and a real broker, a clock that stands still, its neighbours played, no nodes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = NodeManagerApplication.class,
        properties = {"spring.config.name=node-manager", "gantry.nodes="})
@AutoConfigureRestTestClient
@EmbeddedPlatform
@Import({NodeManagerTest.Clock.class, Neighbours.class})
public @interface NodeManagerTest {
    @TestConfiguration
    class Clock {
        public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

        @Bean
        SettableClock clock() {
            return new SettableClock(START);
        }
    }
}
