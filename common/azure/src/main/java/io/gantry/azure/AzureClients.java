package io.gantry.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.AuthorizationManagementClient;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.msi.fluent.ManagedServiceIdentityClient;
import com.azure.resourcemanager.network.NetworkManager;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluent.ResourceManagementClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The parts of Azure's resource manager that a fleet is made by, in one subscription.
 *
 * @param heard by the one for machines
 */
record AzureClients(
        ResourceManagementClient resources,
        NetworkManagementClient network,
        ComputeManagementClient compute,
        ManagedServiceIdentityClient identities,
        AuthorizationManagementClient roles,
        Heard heard) {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);

    /**
     * @param resourceManager none: Azure's own
     * @param trust whose certificates are believed; none: those that Java believes
     */
    static AzureClients of(
            String subscription,
            TokenCredential credential,
            @Nullable URI resourceManager,
            @Nullable SSLContext trust) {
        HttpClient http = http(trust);
        var profile = new AzureProfile(null, subscription, environment(resourceManager));
        var silent = new HttpLogOptions();
        var heard = new Heard();
        return new AzureClients(
                ResourceManager.configure()
                        .withHttpClient(http)
                        .withLogOptions(silent)
                        .authenticate(credential, profile)
                        .withSubscription(subscription)
                        .serviceClient(),
                NetworkManager.configure()
                        .withHttpClient(http)
                        .withLogOptions(silent)
                        .authenticate(credential, profile)
                        .serviceClient(),
                ComputeManager.configure()
                        .withHttpClient(http)
                        .withLogOptions(silent)
                        .withPolicy(heard)
                        .authenticate(credential, profile)
                        .serviceClient(),
                MsiManager.configure()
                        .withHttpClient(http)
                        .withLogOptions(silent)
                        .authenticate(credential, profile)
                        .serviceClient(),
                AuthorizationManager.configure()
                        .withHttpClient(http)
                        .withLogOptions(silent)
                        .withPolicy(new SingleSlashes())
                        .authenticate(credential, profile)
                        .roleServiceClient(),
                heard);
    }

    private static HttpClient http(@Nullable SSLContext trust) {
        var client = java.net.http.HttpClient.newBuilder().connectTimeout(CONNECTS_WITHIN);
        if (trust != null) {
            client.sslContext(trust);
        }
        return new JdkHttpClientBuilder(client).responseTimeout(ANSWERS_WITHIN).build();
    }

    private static AzureEnvironment environment(@Nullable URI resourceManager) {
        if (resourceManager == null) {
            return AzureEnvironment.AZURE;
        }
        Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", resourceManager.toString());
        endpoints.put("managementEndpointUrl", resourceManager.toString());
        return new AzureEnvironment(endpoints);
    }
}
