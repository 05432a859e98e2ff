package io.gantry.storage;

import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/** A blob that may be put by the address that was granted for it ({@link Landing#grant}). */
public final class GrantedBlob {
    private static final int AT_ONCE = 4;
    private static final Duration TO_BE_REACHED = Duration.ofSeconds(5);

    private GrantedBlob() {}

    /**
     * @param address a secret
     * @param sent told the number of bytes that have arrived so far, by any thread
     * @throws BlobStoreUnavailable if the storage is not reached from here, or takes no more by this address
     */
    public static void put(URI address, Path file, LongConsumer sent) throws IOException {
        put(address, file, sent, new OkHttpAsyncHttpClientBuilder());
    }

    static void put(URI address, Path file, LongConsumer sent, OkHttpAsyncHttpClientBuilder http) throws IOException {
        long size = Files.size(file);
        BlockBlobClient blob = new BlobClientBuilder()
                .endpoint(address.toString())
                .httpClient(http.connectionTimeout(TO_BE_REACHED).build())
                .retryOptions(Accounts.TRIES)
                .buildClient()
                .getBlockBlobClient();
        Accounts.answer("store", "that was granted", () -> {
            try (Blocks blocks = new Blocks(blob, file, AT_ONCE, sent)) {
                blocks.send(0, size);
                blocks.commit(null);
            }
            return true;
        });
    }
}
