package io.gantry.messaging;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets a request wait for what a listener is about to hear. Each service hears the topics in its own time, so whoever asks may
 * know from one service already what another has not heard yet.
 */
public final class News {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private long count;

    /** Whoever waits looks again once the current transaction is committed. */
    public void tell() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake();
            }
        });
    }

    private void wake() {
        lock.lock();
        try {
            count++;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param look asked at once, at each news, and at the end: another process of the service may be the one that hears
     * @return what was found; none if patience was over first
     */
    public <T> Optional<T> await(Duration patience, Supplier<Optional<T>> look) throws InterruptedException {
        long left = patience.toNanos();
        long seen = count();
        Optional<T> found = look.get();
        while (found.isEmpty() && left > 0) {
            left = awaitMore(seen, left);
            seen = count();
            found = look.get();
        }
        return found;
    }

    private long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** @return how many nanoseconds are left */
    private long awaitMore(long seen, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (count == seen && left > 0) {
                left = told.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }
}
