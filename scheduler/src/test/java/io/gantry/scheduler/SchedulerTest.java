package io.gantry.scheduler;

import io.gantry.storage.InMemoryBlobStore;
import io.gantry.testkit.EmbeddedPlatform;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The whole scheduler on a port of its own, with a real database and a real broker; its neighbours are played. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = SchedulerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=scheduler",
            "scheduler.upload.zip=8MB",
            "scheduler.upload.folder=target/uploads",
            // So rarely that a test sees what must not wait for it.
            "scheduler.live.heartbeat=10m"
        })
@EmbeddedPlatform
@Import({SchedulerTest.Parts.class, PlayedDeployer.class})
public @interface SchedulerTest {
    /** What the tests put in the place of, or add to, the scheduler's own parts. */
    @TestConfiguration
    class Parts {
        @Bean
        InMemoryBlobStore blobs() {
            return new InMemoryBlobStore();
        }

        @Bean
        @Lazy
        Api api(Environment environment) {
            return new Api(environment.getRequiredProperty("local.server.port", Integer.class));
        }
    }
}
