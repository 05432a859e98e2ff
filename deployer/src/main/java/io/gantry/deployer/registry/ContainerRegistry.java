package io.gantry.deployer.registry;

import com.github.dockerjava.api.model.AuthConfig;
import io.gantry.deployer.leg.LegId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The container registry.
 *
 * @param address host and port
 * @param user none where it asks for no login
 * @param password a secret
 */
@ConfigurationProperties("gantry.deployer.registry")
public record ContainerRegistry(
        @DefaultValue("127.0.0.1:7080") String address,
        @Nullable String user,
        @Nullable String password) {
    /** Where the images of a service lie. */
    public String repository(LegId leg) {
        return "%s/%s/%s".formatted(address, leg.app(), leg.service());
    }

    /** What every call that pulls or pushes carries. */
    public AuthConfig login() {
        return user == null
                ? new AuthConfig()
                : new AuthConfig()
                        .withRegistryAddress(address)
                        .withUsername(user)
                        .withPassword(password);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ContainerRegistry[address=%s, user=%s]".formatted(address, user);
    }
}
