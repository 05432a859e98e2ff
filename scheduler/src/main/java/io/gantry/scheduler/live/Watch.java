package io.gantry.scheduler.live;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One watcher's side of {@link Changes}. */
public final class Watch implements AutoCloseable {
    /** Why a wait came to its end. */
    public enum Woken {
        CHANGED,
        NOTHING_NEW,
        /** The watched subject, or this instance of the scheduler, goes away. */
        ENDED
    }

    private final Semaphore news = new Semaphore(0);
    private final Consumer<Watch> onClose;
    private volatile boolean ended;

    Watch(Consumer<Watch> onClose) {
        this.onClose = onClose;
    }

    public Woken await(Duration patience) throws InterruptedException {
        boolean changed = news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        news.drainPermits();
        if (ended) {
            return Woken.ENDED;
        }
        return changed ? Woken.CHANGED : Woken.NOTHING_NEW;
    }

    void wake() {
        news.release();
    }

    /** Whoever waits is woken for the last time. */
    public void end() {
        ended = true;
        wake();
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
