package io.gantry.machines.platform;

import com.github.dockerjava.api.model.AuthConfig;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's container registry, and who we are there.
 *
 * @param address host and port
 * @param user none where it asks for no login
 * @param password a secret
 * @param insecure spoken to without TLS
 */
public record RegistryAccess(
        String address, @Nullable String user, @Nullable String password, boolean insecure) {
    /** The platform's images in it: {@code 10.0.0.4:7080/gantry/kafka:1} for {@code gantry/kafka:1}. */
    String reference(String image) {
        return image.startsWith(address + "/") ? image : address + "/" + image;
    }

    /** What every pull and push carries. */
    AuthConfig login() {
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
        return "RegistryAccess[address=%s, user=%s]".formatted(address, user);
    }
}
