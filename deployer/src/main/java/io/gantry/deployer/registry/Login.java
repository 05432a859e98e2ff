package io.gantry.deployer.registry;

import io.gantry.identity.AzureIdentity;
import io.gantry.registry.AzureSignIn;
import io.gantry.registry.RegistryLogin;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Login {
    @Bean
    RegistryLogin registryLogin(ContainerRegistry registry, InstantSource clock) {
        String identity = registry.identity();
        return identity == null
                ? RegistryLogin.of(registry.address(), registry.user(), registry.password())
                : new AzureSignIn(() -> AzureIdentity.ofMachine(identity), clock).registry(registry.address());
    }
}
