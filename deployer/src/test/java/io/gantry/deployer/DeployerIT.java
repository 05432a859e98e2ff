package io.gantry.deployer;

import io.gantry.deployer.app.Afterwards;
import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.neighbour.Neighbours;
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
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * The whole deployer, on this machine's engine and with a real container registry; only its neighbours are pretended. It is
 * started once for all its tests.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = DeployerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=deployer",
            "gantry.fleet=deployer-it",
            "gantry.storage.connection-string=UseDevelopmentStorage=true"
        })
@EmbeddedPlatform
@Import({
    Neighbours.class,
    OwnApp.class,
    Afterwards.class,
    BundleShelf.class,
    Programs.class,
    LocalEngine.class,
    DeployerIT.Registry.class
})
public @interface DeployerIT {
    @TestConfiguration(proxyBeanMethods = false)
    class Registry {
        @Bean(destroyMethod = "stop")
        LocalRegistry localRegistry() {
            return LocalRegistry.startNew();
        }

        @Bean
        DynamicPropertyRegistrar whereTheRegistryIs(LocalRegistry registry) {
            return properties -> properties.add("gantry.deployer.registry.address", registry::address);
        }
    }
}
