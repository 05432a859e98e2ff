package io.gantry.deployer.registry;

import io.gantry.deployer.leg.LegId;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The container registry.
 *
 * @param address host and port
 * @param user none where it asks for no login
 * @param password a secret
 * @param insecure whether its API is spoken in plain HTTP although it is on another machine: within a fleet's own network
 * @param identity by which an Azure Container Registry lets us in: {@code machine}, or the id of a managed identity of this machine;
 *     none: by user and password
 * @param namespace under which the images of apps lie: the fleet's name, as other fleets may push there, too
 */
@ConfigurationProperties("gantry.deployer.registry")
public record ContainerRegistry(
        @DefaultValue("127.0.0.1:7080") String address,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("false") boolean insecure,
        @Nullable String identity,
        String namespace) {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");

    /** No capital is allowed where an image lies. */
    public ContainerRegistry {
        namespace = namespace.toLowerCase(Locale.ROOT);
    }

    /** Where the images of a service lie. */
    public String repository(LegId leg) {
        return address + "/" + path(leg);
    }

    /** The same, as the registry itself calls it. The platform's own images, {@code gantry/python}, have names of two parts. */
    public String path(LegId leg) {
        return "%s/%s/%s".formatted(namespace, leg.app(), leg.service());
    }

    /** Where the registry keeps an image that an engine knows without any registry's address, {@code gantry/python}. */
    public String copyOf(String repository) {
        return address + "/" + repository;
    }

    /**
     * Where an image lies now. The registry may have another address than on the day the image was pushed: it keeps what it has
     * when it moves, and what it has not is found missing when it is pulled.
     *
     * @param reference with the address of that day
     */
    public String here(String reference) {
        return address + reference.substring(reference.indexOf('/'));
    }

    /** Encrypted, unless it is on the same machine, as engines have it, or is said not to be. */
    URI api() {
        boolean plain = insecure || LOOPBACK.matcher(address).matches();
        return URI.create((plain ? "http://" : "https://") + address + "/v2/");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ContainerRegistry[address=%s, user=%s, identity=%s]".formatted(address, user, identity);
    }
}
