package io.gantry.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where blobs are kept.
 *
 * @param connectionString of the storage account; a secret
 * @param connectionStringFile a file that holds the connection string instead
 * @param container the account's container for bundles, made when it is first needed
 * @param endpoint of a storage account that lets in an identity in Azure, instead of a connection string:
 *     {@code https://account.blob.core.windows.net}
 * @param identity that is let in: {@code machine}, or the id of a managed identity of this machine
 * @param direct whether whoever uploads is sent straight to the storage, as he reaches it at the address that we have; none: where
 *     it is Azure's
 */
public record StorageSettings(
        @Nullable String connectionString,
        @Nullable Path connectionStringFile,
        String container,
        @Nullable URI endpoint,
        @Nullable String identity,
        @Nullable Boolean direct) {
    private static final String KEY = "AccountKey=";

    /** The container that the scheduler and the deployer of a fleet have: others may keep theirs in the same account. */
    public static String bundlesOf(String fleet) {
        return "gantry-%s-bundles".formatted(fleet);
    }

    /** By a connection string. */
    public static StorageSettings of(String connectionString, String container) {
        return new StorageSettings(connectionString, null, container, null, null, null);
    }

    /** @throws IllegalStateException if there is a connection string too, or no identity */
    Optional<URI> endpointOfIdentity() {
        if (endpoint == null) {
            return Optional.empty();
        }
        if (identity == null || (connectionString != null && !connectionString.isBlank())) {
            throw new IllegalStateException(
                    "Blob storage at gantry.storage.endpoint lets in an identity: say which (gantry.storage.identity), and leave out the connection string");
        }
        return Optional.of(endpoint);
    }

    /** @throws IllegalStateException if neither the one nor the other is set */
    String secret() {
        if (connectionString != null && !connectionString.isBlank()) {
            return connectionString;
        }
        if (connectionStringFile == null) {
            throw new IllegalStateException("Blob storage needs a connection string, or a file that holds it");
        }
        try {
            return Files.readString(connectionStringFile).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read the connection string of the blob storage", unreadable);
        }
    }

    /** Whether we can sign for somebody else: as an identity, or with the account's key. */
    boolean signs() {
        return endpoint != null || (knowsSecret() && secret().contains(KEY));
    }

    private boolean knowsSecret() {
        return (connectionString != null && !connectionString.isBlank())
                || (connectionStringFile != null && Files.isRegularFile(connectionStringFile));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "StorageSettings[container=%s, endpoint=%s]".formatted(container, endpoint);
    }
}
