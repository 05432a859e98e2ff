package io.gantry.lifecyclemanager;

import io.gantry.testkit.EmbeddedPlatform;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole lifecycle manager with a real database and a real broker; its neighbours are played. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = LifecycleManagerApplication.class,
        properties = {
            "spring.config.name=lifecycle-manager",
            "lifecycle-manager.platform.services.nobody=http://127.0.0.1:1",
            // A busy machine may take so long, and a test of what is refused takes as long.
            "lifecycle-manager.restart.arrival=10s"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@Import(Neighbours.class)
public @interface LifecycleManagerTest {}
