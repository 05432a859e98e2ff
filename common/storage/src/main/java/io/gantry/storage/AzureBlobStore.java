package io.gantry.storage;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Blobs in Azure Blob Storage, or in anything that speaks its protocol. */
public final class AzureBlobStore implements BlobStore {
    private static final int NOT_FOUND = 404;
    private static final long BLOCK = 8L << 20;
    private static final int BLOCKS_AT_ONCE = 2;
    private static final int TRIES = 3;
    private static final Duration LONGEST_TRY = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BlobContainerClient container;

    public AzureBlobStore(StorageSettings settings) {
        this.container = new BlobServiceClientBuilder()
                .connectionString(settings.secret())
                .httpClient(new JdkHttpClientBuilder().build())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, TRIES, LONGEST_TRY, FIRST_PAUSE, LONGEST_PAUSE, null))
                .buildClient()
                .getBlobContainerClient(settings.container());
    }

    @Override
    public void put(String key, Path file) {
        answer("store", key, () -> {
            upload(key, file);
            return true;
        });
    }

    private void upload(String key, Path file) {
        container.createIfNotExists();
        BlobClient blob = container.getBlobClient(key);
        if (blob.exists()) {
            return;
        }
        var options = new BlobUploadFromFileOptions(file.toString())
                .setParallelTransferOptions(
                        new ParallelTransferOptions().setBlockSizeLong(BLOCK).setMaxConcurrency(BLOCKS_AT_ONCE))
                .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
        try {
            blob.uploadFromFileWithResponse(options, null, Context.NONE);
        } catch (BlobStorageException lost) {
            if (!BlobErrorCode.BLOB_ALREADY_EXISTS.equals(lost.getErrorCode())) {
                throw lost;
            }
        }
    }

    @Override
    public InputStream open(String key) {
        return answer("read", key, () -> found(key));
    }

    private InputStream found(String key) {
        try {
            return container.getBlobClient(key).openInputStream();
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
