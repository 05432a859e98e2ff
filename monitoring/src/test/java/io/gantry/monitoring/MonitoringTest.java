package io.gantry.monitoring;

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
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The whole of monitoring with a real database and a real broker, a clock that stands still, and its neighbours played. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = MonitoringApplication.class,
        properties = {
            "spring.config.name=monitoring",
            "monitoring.healing.start-up=0s",
            "monitoring.alerts.retry-after=100ms",
            "monitoring.dead-letters.every=1h",
            "monitoring.watch.every=100ms",
            "monitoring.watch.answer-within=1s",
            "monitoring.watch.stall=2s",
            "monitoring.watch.suspect-after=1s",
            // Nobody is to be down because the test itself was kept waiting: that takes longer than a stall.
            "monitoring.watch.lost-after=3s",
            "monitoring.watch.boot=2s",
            "monitoring.watch.grace.silent=3s",
            "monitoring.watch.grace.start-up=3s",
            "monitoring.watch.instances.every=100ms",
            "monitoring.watch.instances.silent=3s",
            // The database may be gone first when the JVM ends; nobody needs to wait for the last look at it.
            "spring.lifecycle.timeout-per-shutdown-phase=1s"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@Import({MonitoringTest.Parts.class, Neighbours.class, Monitor.class, Silence.class})
public @interface MonitoringTest {
    @TestConfiguration(proxyBeanMethods = false)
    class Parts {
        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        }

        @Bean(destroyMethod = "close")
        Webhook webhook() {
            return Webhook.open();
        }

        @Bean
        DynamicPropertyRegistrar whereTheWebhookIs(Webhook webhook) {
            return properties -> properties.add("monitoring.alerts.webhook", webhook::address);
        }
    }
}
