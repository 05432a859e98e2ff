package io.gantry.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where blobs are kept.
 *
 * @param connectionString of the storage account; a secret
 * @param connectionStringFile a file that holds the connection string instead
 * @param container the account's container for bundles, made when it is first needed
 */
public record StorageSettings(
        @Nullable String connectionString, @Nullable Path connectionStringFile, String container) {
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

    /** Without the secret. */
    @Override
    public String toString() {
        return "StorageSettings[container=%s]".formatted(container);
    }
}
