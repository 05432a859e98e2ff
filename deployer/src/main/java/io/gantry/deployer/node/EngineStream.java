package io.gantry.deployer.node;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an engine says while it builds, pushes or pulls. Closing it ends the call, at whatever point that is. */
public class EngineStream<T extends ResponseItem> implements ResultCallback<T> {
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Closeable connection;
    private boolean closed;
    private volatile @Nullable String refusal;
    private volatile @Nullable Throwable broken;

    @Override
    public synchronized void onStart(Closeable opened) {
        connection = opened;
        if (closed) {
            cut(opened);
        }
    }

    @Override
    public void onNext(T item) {
        if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
            refusal = item.getErrorDetail().getMessage().strip();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (failure instanceof DockerException refused) {
            refusal = EngineRefusal.sentence(refused);
        } else {
            broken = failure;
        }
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }

    public boolean endsWithin(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether the engine did it. */
    public boolean succeeded() {
        return ended.getCount() == 0 && refusal == null && broken == null;
    }

    /** Whether it did not, and why is known to be that. */
    public boolean isRefused(Predicate<String> because) {
        String said = refusal;
        return said != null && because.test(said);
    }

    /**
     * Why the engine did not do it.
     *
     * @throws IllegalStateException if it is not known, because the connection broke
     */
    public String refusal() {
        String said = refusal;
        if (said == null) {
            Throwable cause = broken;
            throw new IllegalStateException(
                    cause == null ? "The engine ended the call without a word" : String.valueOf(cause.getMessage()),
                    cause);
        }
        return said;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connection != null) {
            cut(connection);
        }
    }

    private static void cut(Closeable connection) {
        try {
            connection.close();
        } catch (IOException alreadyBroken) {
            return;
        }
    }
}
