package io.gantry.identity;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Who this process is in Azure. No credential is kept: each is asked for where it is, when it is needed. */
public final class AzureIdentity {
    /** In settings: the only identity that the machine has. */
    public static final String MACHINE = "machine";

    /** What {@code EnvironmentCredential} needs; a service principal's, for where nobody signs in. */
    private static final String SERVICE_PRINCIPAL = "AZURE_CLIENT_ID";

    /** What tells a machine who it is is on its own host: where there is none, that is soon known. */
    private static final Duration TO_BE_REACHED = Duration.ofSeconds(3);

    private static final Duration TO_ANSWER = Duration.ofSeconds(10);

    private AzureIdentity() {}

    /**
     * A managed identity of the machine that this runs on. Whether it has that one is seen at the first token.
     *
     * @param named {@link #MACHINE}, or the id of one of several, {@code /subscriptions/.../userAssignedIdentities/name}
     */
    public static TokenCredential ofMachine(String named) {
        return ofMachine(
                named,
                new JdkHttpClientBuilder()
                        .connectionTimeout(TO_BE_REACHED)
                        .responseTimeout(TO_ANSWER)
                        .build());
    }

    /** @param http by which the machine is asked who it is */
    public static TokenCredential ofMachine(String named, HttpClient http) {
        var identity = new ManagedIdentityCredentialBuilder().httpClient(http);
        return MACHINE.equals(named)
                ? identity.build()
                : identity.resourceId(named).build();
    }

    /**
     * Whoever sits here: the service principal that the environment names, else who has signed in with {@code az login}, else who
     * signs in now, in a browser anywhere.
     *
     * @param says shows people where to sign in
     */
    public static TokenCredential ofLaptop(Map<String, String> environment, Consumer<String> says) {
        return environment.containsKey(SERVICE_PRINCIPAL) ? new EnvironmentCredentialBuilder().build() : person(says);
    }

    private static TokenCredential person(Consumer<String> says) {
        return new ChainedTokenCredentialBuilder()
                .addLast(new AzureCliCredentialBuilder().build())
                .addLast(new DeviceCodeCredentialBuilder()
                        .challengeConsumer(challenge -> says.accept(challenge.getMessage()))
                        .build())
                .build();
    }
}
