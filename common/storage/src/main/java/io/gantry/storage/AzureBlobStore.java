package io.gantry.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ConsistentReadControl;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Blobs in Azure Blob Storage, or in anything that speaks its protocol. */
public final class AzureBlobStore implements BlobStore {
    private static final int NOT_FOUND = 404;
    private static final int AT_ONCE = 2;

    private final BlobContainerClient container;

    public AzureBlobStore(StorageSettings settings) {
        this(Accounts.of(settings), settings.container());
    }

    /**
     * @param endpoint of a storage account that lets in an identity in Azure, over TLS
     * @param identity that is let in
     */
    public AzureBlobStore(URI endpoint, TokenCredential identity, String container) {
        this(Accounts.of(endpoint, identity), container);
    }

    AzureBlobStore(BlobServiceClient account, String container) {
        this.container = account.getBlobContainerClient(container);
    }

    @Override
    public void put(String key, Path file) {
        Accounts.answer("store", key, () -> {
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
            try (Blocks blocks = new Blocks(blob, file, AT_ONCE, _ -> {})) {
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
        return Accounts.answer("read", key, () -> found(key));
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
        return Accounts.answer(
                "look for", key, () -> container.getBlobClient(key).exists());
    }

    @Override
    public List<String> storedBefore(Instant instant) {
        return Accounts.answer("list", "any", () -> container.exists() ? listed(instant) : List.of());
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
        Accounts.answer("delete", key, () -> container.getBlobClient(key).deleteIfExists());
    }
}
