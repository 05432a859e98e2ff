package io.gantry.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ConsistentReadControl;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.gantry.identity.AzureIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Blobs in Azure Blob Storage, or in anything that speaks its protocol. */
public final class AzureBlobStore implements BlobStore {
    private static final int NOT_FOUND = 404;
    private static final int TRIES = 3;
    private static final Duration LONGEST_TRY = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BlobContainerClient container;

    public AzureBlobStore(StorageSettings settings) {
        this(clientOf(settings), settings.container(), new OkHttpAsyncHttpClientBuilder());
    }

    /**
     * @param endpoint of a storage account that lets in an identity in Azure, over TLS
     * @param identity that is let in
     */
    public AzureBlobStore(URI endpoint, TokenCredential identity, String container) {
        this(clientOf(endpoint, identity), container, new OkHttpAsyncHttpClientBuilder());
    }

    AzureBlobStore(BlobServiceClientBuilder client, String container, OkHttpAsyncHttpClientBuilder http) {
        this.container = client.httpClient(
                        http.addNetworkInterceptor(AzureBlobStore::atOnce).build())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, TRIES, LONGEST_TRY, FIRST_PAUSE, LONGEST_PAUSE, null))
                .buildClient()
                .getBlobContainerClient(container);
    }

    private static BlobServiceClientBuilder clientOf(StorageSettings settings) {
        return settings.endpointOfIdentity()
                .map(endpoint ->
                        clientOf(endpoint, AzureIdentity.ofMachine(Objects.requireNonNull(settings.identity()))))
                .orElseGet(() -> new BlobServiceClientBuilder().connectionString(settings.secret()));
    }

    static BlobServiceClientBuilder clientOf(URI endpoint, TokenCredential identity) {
        return new BlobServiceClientBuilder().endpoint(endpoint.toString()).credential(identity);
    }

    @Override
    public void put(String key, Path file) {
        answer("store", key, () -> {
            try {
                upload(key, file);
            } catch (BlobStorageException refused) {
                if (BlobErrorCode.CONTAINER_NOT_FOUND.equals(refused.getErrorCode())) {
                    container.createIfNotExists();
                    upload(key, file);
                } else {
                    throw refused;
                }
            }
            return true;
        });
    }

    private void upload(String key, Path file) {
        BlockBlobClient blob = container.getBlobClient(key).getBlockBlobClient();
        try {
            send(file, blob);
        } catch (BlobStorageException refused) {
            if (!BlobErrorCode.BLOB_ALREADY_EXISTS.equals(refused.getErrorCode())) {
                throw refused;
            }
        }
    }

    /** What is small is sent at once, and refused if it is there; what is large is worth the question. */
    private static void send(Path file, BlockBlobClient blob) {
        long size = size(file);
        if (size <= Blocks.BLOCK) {
            blob.uploadWithResponse(
                    new BlockBlobSimpleUploadOptions(BinaryData.fromFile(file)).setRequestConditions(keyIsFree()),
                    null,
                    Context.NONE);
        } else if (!blob.exists()) {
            try (Blocks blocks = new Blocks(blob, file)) {
                blocks.send(0, size);
                blocks.commit(keyIsFree());
            }
        }
    }

    private static BlobRequestConditions keyIsFree() {
        return new BlobRequestConditions().setIfNoneMatch("*");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read the file " + file, unreadable);
        }
    }

    @Override
    public InputStream open(String key) {
        return answer("read", key, () -> found(key));
    }

    /** One blob from its first byte to its last, whatever is put in its place meanwhile: then reading it ends. */
    private InputStream found(String key) {
        try {
            return container
                    .getBlobClient(key)
                    .openInputStream(new BlobInputStreamOptions().setConsistentReadControl(ConsistentReadControl.ETAG));
        } catch (BlobStorageException refused) {
            if (refused.getStatusCode() == NOT_FOUND) {
                throw new NoSuchBlob(key);
            }
            throw refused;
        }
    }

    @Override
    public boolean exists(String key) {
        return answer("look for", key, () -> container.getBlobClient(key).exists());
    }

    @Override
    public List<String> storedBefore(Instant instant) {
        return answer("list", "any", () -> container.exists() ? listed(instant) : List.of());
    }

    private List<String> listed(Instant instant) {
        return container.listBlobs().stream()
                .filter(blob ->
                        blob.getProperties().getLastModified().toInstant().isBefore(instant))
                .map(BlobItem::getName)
                .toList();
    }

    @Override
    public void delete(String key) {
        answer("delete", key, () -> container.getBlobClient(key).deleteIfExists());
    }

    /** The end of a small request does not wait until its beginning is acknowledged. */
    private static Response atOnce(Interceptor.Chain call) throws IOException {
        Objects.requireNonNull(call.connection()).socket().setTcpNoDelay(true);
        return call.proceed(call.request());
    }

    /** The client library wraps what the network throws in exceptions of no particular type. */
    private static <T> T answer(String operation, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (NoSuchBlob missing) {
            throw missing;
        } catch (RuntimeException failed) {
            throw new BlobStoreUnavailable(operation, key, failed);
        }
    }
}
