package io.gantry.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A file on its way into a blob, in blocks, some at once; each is read from the file while it is sent. */
final class Blocks implements AutoCloseable {
    static final long BLOCK = 8L << 20;

    private final BlockBlobClient blob;
    private final Path file;
    private final LongConsumer progress;
    private final ExecutorService senders;
    private final List<Future<String>> sent = new ArrayList<>();
    private final AtomicLong arrived = new AtomicLong();

    /** @param progress told the number of bytes that have arrived so far */
    Blocks(BlockBlobClient blob, Path file, int atOnce, LongConsumer progress) {
        this.blob = blob;
        this.file = file;
        this.progress = progress;
        this.senders = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory());
    }

    void send(long from, long to) {
        for (long at = from; at < to; at += BLOCK) {
            long offset = at;
            sent.add(senders.submit(() -> stage(offset, Math.min(BLOCK, to - offset))));
        }
    }

    private String stage(long offset, long length) {
        String id = Base64.getEncoder().encodeToString("%016x".formatted(offset).getBytes(US_ASCII));
        blob.stageBlock(id, BinaryData.fromFile(file, offset, length));
        progress.accept(arrived.addAndGet(length));
        return id;
    }

    /** Makes the blob of what was sent, all at once. */
    void commit(@Nullable BlobRequestConditions conditions) {
        List<String> ids = sent.stream().map(Blocks::arrived).toList();
        blob.commitBlockListWithResponse(
                new BlockBlobCommitBlockListOptions(ids).setRequestConditions(conditions), null, Context.NONE);
    }

    private static String arrived(Future<String> block) {
        try {
            return block.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** What was not sent by now never is. */
    @Override
    public void close() {
        senders.shutdownNow();
        senders.close();
    }
}
