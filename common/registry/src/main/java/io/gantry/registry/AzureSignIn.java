package io.gantry.registry;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Logins by an identity in Azure; one for each registry, for as long as the process lives, as they keep what they are given. Nothing of
 * Azure is looked for before something is let in by it.
 */
public final class AzureSignIn {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<TokenCredential> source;
    private final InstantSource clock;
    private final @Nullable SSLContext trust;
    private final Map<String, RegistryLogin> logins = new ConcurrentHashMap<>();
    private @Nullable TokenCredential identity;

    /** @param identity asked for once */
    public AzureSignIn(Supplier<TokenCredential> identity, InstantSource clock) {
        this(identity, clock, null);
    }

    /** @param trust whose certificates are believed; none: those that Java believes */
    AzureSignIn(Supplier<TokenCredential> identity, InstantSource clock, @Nullable SSLContext trust) {
        this.source = identity;
        this.clock = clock;
        this.trust = trust;
    }

    /** @param address of an Azure Container Registry, host and port */
    public RegistryLogin registry(String address) {
        return logins.computeIfAbsent(
                address, _ -> new AcrLogin(address, new AcrExchange(address, identity(), http()), clock));
    }

    private HttpClient http() {
        var client = java.net.http.HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (trust != null) {
            client.sslContext(trust);
        }
        return new JdkHttpClientBuilder(client).responseTimeout(PATIENCE).build();
    }

    /** Who we are, for what is asked by Azure's own libraries. */
    public synchronized TokenCredential identity() {
        if (identity == null) {
            identity = source.get();
        }
        return identity;
    }
}
