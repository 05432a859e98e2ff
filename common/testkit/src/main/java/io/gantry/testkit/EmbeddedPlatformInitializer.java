package io.gantry.testkit;

import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Starts what {@link EmbeddedPlatform} promises and tells the context where it is. */
final class EmbeddedPlatformInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestDatabase database = TestDatabase.create();
        TestBroker broker = TestBroker.start();
        context.addApplicationListener(
                (ApplicationListener<ContextClosedEvent>) closed -> stop(context, closed, broker));
        TestPropertyValues.of(Map.of(
                        "spring.datasource.url", database.url(),
                        "spring.datasource.username", database.user(),
                        "spring.datasource.password", database.password(),
                        "spring.kafka.bootstrap-servers", broker.address(),
                        "gantry.messaging.partitions", "1"))
                .applyTo(context);
    }

    private static void stop(ConfigurableApplicationContext context, ContextClosedEvent closed, TestBroker broker) {
        if (closed.getApplicationContext().equals(context)) {
            broker.close();
        }
    }
}
