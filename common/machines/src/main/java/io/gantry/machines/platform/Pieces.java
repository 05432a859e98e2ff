package io.gantry.machines.platform;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/** An answer that an engine gives piece by piece. It may still fail after it has begun, or come to no end. */
class Pieces<T extends ResponseItem> extends ResultCallback.Adapter<T> {
    /** Nothing that an engine does with an image takes so long without a word. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final Duration longestSilence;
    private volatile long lastHeard = System.nanoTime();

    Pieces() {
        this(LONGEST_SILENCE);
    }

    Pieces(Duration longestSilence) {
        this.longestSilence = longestSilence;
    }

    @Override
    public void onNext(T piece) {
        lastHeard = System.nanoTime();
        if (piece.getErrorDetail() != null) {
            throw new DockerClientException(
                    String.valueOf(piece.getErrorDetail().getMessage()));
        }
    }

    /**
     * @throws DockerClientException if a piece said that it failed, or there was none for long
     * @throws UncheckedIOException if the connection broke before the end
     */
    void await() {
        Thread watch = Thread.ofVirtual().name("silence").start(this::giveUpSilence);
        try {
            awaitEndOf(this);
        } finally {
            watch.interrupt();
        }
    }

    /** @throws UncheckedIOException if the connection broke before the end */
    static void awaitEndOf(ResultCallback.Adapter<?> answer) {
        try {
            answer.awaitCompletion();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Whoever waited was asked to stop");
        } catch (RuntimeException failed) {
            // The library wraps what the network throws in an exception of no particular type.
            throw failed.getCause() instanceof IOException broken
                    ? new UncheckedIOException("The answer broke off", broken)
                    : failed;
        }
    }

    private void giveUpSilence() {
        long left = longestSilence.toNanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            left = longestSilence.toNanos() - (System.nanoTime() - lastHeard);
        }
        onError(new DockerClientException("nothing was heard of it for %d s".formatted(longestSilence.toSeconds())));
    }
}
