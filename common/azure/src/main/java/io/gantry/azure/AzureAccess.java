package io.gantry.azure;

import com.azure.core.credential.TokenCredential;
import io.gantry.fleet.Azure;
import io.gantry.fleet.Fleet;
import io.gantry.identity.AzureIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How Azure is reached, and as whom. No credential is kept: each is asked for where it is, when it is needed.
 *
 * @param resourceManager another than Azure's own, as in {@code https://localhost:8443/}
 * @param trust whose certificates are believed; none: those that Java believes
 */
public record AzureAccess(
        TokenCredential credential,
        @Nullable URI resourceManager,
        @Nullable SSLContext trust) {
    /** The address of another resource manager. */
    public static final String RESOURCE_MANAGER = "GANTRY_AZURE_RESOURCE_MANAGER";

    /** A file in PEM with the certificates of another resource manager. */
    public static final String CERTIFICATES = "GANTRY_AZURE_CERTIFICATES";

    /**
     * As whoever sits here: the service principal that the environment names, else who has signed in with {@code az login}, else who
     * signs in now, in a browser anywhere.
     *
     * @param says shows people where to sign in
     */
    public static AzureAccess ofLaptop(Map<String, String> environment, Consumer<String> says) {
        return new AzureAccess(
                AzureIdentity.ofLaptop(environment, says),
                uri(environment.get(RESOURCE_MANAGER)),
                trust(environment.get(CERTIFICATES)));
    }

    /** As the identity of the machines that run the platform, on one of these. */
    public static AzureAccess ofMachine(Fleet fleet, @Nullable URI resourceManager, @Nullable Path certificates) {
        return new AzureAccess(
                AzureIdentity.ofMachine(where(fleet).platformIdentity(fleet.name())),
                resourceManager,
                certificates == null ? null : Certificates.trust(certificates));
    }

    private static @Nullable URI uri(@Nullable String written) {
        return written == null ? null : URI.create(written);
    }

    private static @Nullable SSLContext trust(@Nullable String file) {
        return file == null ? null : Certificates.trust(Path.of(file));
    }

    AzureClients clients(Fleet fleet) {
        return AzureClients.of(where(fleet).subscription(), credential, resourceManager, trust);
    }

    private static Azure where(Fleet fleet) {
        return Objects.requireNonNull(fleet.azure(), "A fleet of the provider azure says where it is");
    }
}
