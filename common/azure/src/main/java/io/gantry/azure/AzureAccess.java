package io.gantry.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import io.gantry.fleet.Azure;
import io.gantry.fleet.Fleet;
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

    /** What {@code EnvironmentCredential} needs; a service principal's, for where nobody signs in. */
    private static final String SERVICE_PRINCIPAL = "AZURE_CLIENT_ID";

    /**
     * As whoever sits here: the service principal that the environment names, else who has signed in with {@code az login}, else who
     * signs in now, in a browser anywhere.
     *
     * @param says shows people where to sign in
     */
    public static AzureAccess ofLaptop(Map<String, String> environment, Consumer<String> says) {
        return new AzureAccess(
                environment.containsKey(SERVICE_PRINCIPAL) ? new EnvironmentCredentialBuilder().build() : person(says),
                uri(environment.get(RESOURCE_MANAGER)),
                trust(environment.get(CERTIFICATES)));
    }

    private static TokenCredential person(Consumer<String> says) {
        return new ChainedTokenCredentialBuilder()
                .addLast(new AzureCliCredentialBuilder().build())
                .addLast(new DeviceCodeCredentialBuilder()
                        .challengeConsumer(challenge -> says.accept(challenge.getMessage()))
                        .build())
                .build();
    }

    /** As the identity of the machines that run the platform, on one of these. */
    public static AzureAccess ofMachine(Fleet fleet, @Nullable URI resourceManager, @Nullable Path certificates) {
        AzureSettings settings = AzureSettings.of(fleet);
        return new AzureAccess(
                new ManagedIdentityCredentialBuilder()
                        .resourceId(settings.id(
                                "Microsoft.ManagedIdentity/userAssignedIdentities",
                                settings.shared(AzureSettings.PLATFORM)))
                        .build(),
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
        Azure where = Objects.requireNonNull(fleet.azure(), "A fleet of the provider azure says where it is");
        return AzureClients.of(where.subscription(), credential, resourceManager, trust);
    }
}
