package io.gantry.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Gives a {@code @SpringBootTest} a real PostgreSQL database and a real Kafka broker, both of its own and both inside or
 * beside the test's JVM, no Docker needed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = EmbeddedPlatformInitializer.class)
public @interface EmbeddedPlatform {}
