package io.gantry.deployer;

import io.gantry.deployer.app.Afterwards;
import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.neighbour.Neighbours;
import io.gantry.deployer.registry.PretendedRegistry;
import io.gantry.deployer.rollout.PretendedHost;
import io.gantry.testkit.EmbeddedPlatform;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * The whole deployer, with real messages and a real database; builds, containers and the container registry are pretended.
 * It is started once for all its tests; what is pretended begins anew with each of them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = DeployerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=deployer",
            "gantry.storage.connection-string=UseDevelopmentStorage=true",
            "gantry.deployer.rollout.worker-stays-up=100ms",
            "gantry.deployer.retention.versions=3"
        })
@EmbeddedPlatform
@AutoConfigureRestTestClient
@Import({
    Neighbours.class,
    OwnApp.class,
    Afterwards.class,
    BundleShelf.class,
    Releases.class,
    PretendedBuilder.class,
    PretendedHost.class,
    DeployerTest.Registry.class,
    ShiftedClock.class
})
public @interface DeployerTest {
    @TestConfiguration(proxyBeanMethods = false)
    class Registry {
        @Bean(destroyMethod = "stop")
        PretendedRegistry pretendedRegistry() {
            return PretendedRegistry.start();
        }

        @Bean
        DynamicPropertyRegistrar whereTheRegistryIs(PretendedRegistry registry) {
            return properties -> properties.add("gantry.deployer.registry.address", registry::address);
        }
    }
}
