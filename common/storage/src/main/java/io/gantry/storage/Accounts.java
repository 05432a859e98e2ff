package io.gantry.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.gantry.identity.AzureIdentity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Storage accounts, and how they are spoken to. */
final class Accounts {
    static final RequestRetryOptions TRIES = new RequestRetryOptions(
            RetryPolicyType.EXPONENTIAL, 3, Duration.ofMinutes(2), Duration.ofMillis(200), Duration.ofSeconds(2), null);

    private Accounts() {}

    static BlobServiceClient of(StorageSettings settings) {
        return settings.endpointOfIdentity()
                .map(endpoint -> of(endpoint, AzureIdentity.ofMachine(Objects.requireNonNull(settings.identity()))))
                .orElseGet(() -> of(
                        new BlobServiceClientBuilder().connectionString(settings.secret()),
                        new OkHttpAsyncHttpClientBuilder()));
    }

    static BlobServiceClient of(URI endpoint, TokenCredential identity) {
        return of(endpoint, identity, new OkHttpAsyncHttpClientBuilder());
    }

    static BlobServiceClient of(URI endpoint, TokenCredential identity, OkHttpAsyncHttpClientBuilder http) {
        return of(new BlobServiceClientBuilder().endpoint(endpoint.toString()).credential(identity), http);
    }

    private static BlobServiceClient of(BlobServiceClientBuilder account, OkHttpAsyncHttpClientBuilder http) {
        return account.httpClient(http.addNetworkInterceptor(Accounts::atOnce).build())
                .retryOptions(TRIES)
                .buildClient();
    }

    /** The end of a small request does not wait until its beginning is acknowledged. */
    private static Response atOnce(Interceptor.Chain call) throws IOException {
        Objects.requireNonNull(call.connection()).socket().setTcpNoDelay(true);
        return call.proceed(call.request());
    }

    /** The client library wraps what the network throws in exceptions of no particular type. */
    static <T> T answer(String operation, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (NoSuchBlob missing) {
            throw missing;
        } catch (RuntimeException failed) {
            throw new BlobStoreUnavailable(operation, key, failed);
        }
    }
}
