package io.gantry.registry;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Logins by an identity in Azure; one for each registry, for as long as the process lives, as they keep what they are given. */
public final class AzureSignIn {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TokenCredential identity;
    private final HttpClient http;
    private final InstantSource clock;
    private final Map<String, RegistryLogin> logins = new ConcurrentHashMap<>();

    public AzureSignIn(TokenCredential identity, InstantSource clock) {
        this(identity, clock, null);
    }

    /** @param trust whose certificates are believed; none: those that Java believes */
    AzureSignIn(TokenCredential identity, InstantSource clock, @Nullable SSLContext trust) {
        this.identity = identity;
        this.clock = clock;
        this.http = http(trust);
    }

    private static HttpClient http(@Nullable SSLContext trust) {
        var client = java.net.http.HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (trust != null) {
            client.sslContext(trust);
        }
        return new JdkHttpClientBuilder(client).responseTimeout(PATIENCE).build();
    }

    /** @param address of an Azure Container Registry, host and port */
    public RegistryLogin registry(String address) {
        return logins.computeIfAbsent(
                address, _ -> new AcrLogin(address, new AcrExchange(address, identity, http), clock));
    }

    /** Who we are, for what is asked by Azure's own libraries. */
    public TokenCredential identity() {
        return identity;
    }
}
