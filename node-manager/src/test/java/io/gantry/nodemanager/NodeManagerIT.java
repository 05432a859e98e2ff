package io.gantry.nodemanager;

import io.gantry.testkit.EmbeddedPlatform;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The whole node-manager, in a hurry, on this machine's engine. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = NodeManagerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=node-manager",
            "node-manager.registry.adopt-after=0s",
            "node-manager.watch.reconcile=500ms",
            "node-manager.watch.retry-after=100ms",
            "node-manager.watch.retry-at-latest=300ms"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@Import(Neighbours.class)
public @interface NodeManagerIT {}
