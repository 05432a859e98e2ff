package io.gantry.storage;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.sas.SasProtocol;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A container of its own in the storage account. What is granted is a shared access signature for one blob in it. */
public final class AzureLanding implements Landing {
    private static final String CONTAINER = "-landing";
    private static final String AZURES = ".blob.core.windows.net";
    private static final int NOT_FOUND = 404;

    private final BlobServiceClient account;
    private final BlobContainerClient container;
    private final AzureBlobStore blobs;
    private final boolean byIdentity;

    /** @param byIdentity signed with a key that Azure gives our identity for that; else with the account's own */
    AzureLanding(BlobServiceClient account, String container, boolean byIdentity) {
        this.account = account;
        this.container = account.getBlobContainerClient(container);
        this.blobs = new AzureBlobStore(account, container);
        this.byIdentity = byIdentity;
    }

    /** One that grants nothing where settings say so, or it is not for others to reach. */
    public static Landing of(StorageSettings settings) {
        if (Boolean.FALSE.equals(settings.direct()) || !settings.signs()) {
            return new NoLanding();
        }
        BlobServiceClient account = Accounts.of(settings);
        return Boolean.TRUE.equals(settings.direct()) || isAzures(account)
                ? new AzureLanding(account, settings.container() + CONTAINER, settings.endpoint() != null)
                : new NoLanding();
    }

    private static boolean isAzures(BlobServiceClient account) {
        return URI.create(account.getAccountUrl()).getHost().endsWith(AZURES);
    }

    @Override
    public Optional<URI> grant(String key, Instant from, Instant until) {
        return Accounts.answer("grant", key, () -> {
            container.createIfNotExists();
            BlobClient blob = container.getBlobClient(key);
            return Optional.of(URI.create(blob.getBlobUrl() + "?" + signature(blob, at(from), at(until))));
        });
    }

    private String signature(BlobClient blob, OffsetDateTime from, OffsetDateTime until) {
        var values = new BlobServiceSasSignatureValues(
                        until, new BlobSasPermission().setCreatePermission(true).setWritePermission(true))
                .setStartTime(from)
                .setProtocol(protocol(blob));
        return byIdentity
                ? blob.generateUserDelegationSas(values, account.getUserDelegationKey(from, until))
                : blob.generateSas(values);
    }

    /** Never in the clear, where the storage speaks TLS. */
    private static SasProtocol protocol(BlobClient blob) {
        return blob.getBlobUrl().startsWith("https:") ? SasProtocol.HTTPS_ONLY : SasProtocol.HTTPS_HTTP;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public InputStream open(String key) {
        return blobs.open(key);
    }

    @Override
    public void discard(String key) {
        Accounts.answer("discard", key, () -> {
            discard(container.getBlobClient(key).getBlockBlobClient());
            return true;
        });
    }

    /** Blocks of which no blob was made can't be deleted; making another of none lets go of them. */
    private static void discard(BlockBlobClient blob) {
        try {
            blob.commitBlockList(List.of(), true);
            blob.delete();
        } catch (BlobStorageException refused) {
            if (refused.getStatusCode() != NOT_FOUND) {
                throw refused;
            }
        }
    }
}
