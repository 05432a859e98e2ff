package io.gantry.messaging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * The time of the central database, for every service that shares it: an instant that one of them writes down or sends, another
 * compares with its own. Between two looks at the database it goes on by the monotonic clock, so what becomes of the clock of
 * this machine does not matter.
 */
final class CentralClock implements InstantSource, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CentralClock.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

    /** What is less is left: time that went to and fro by some milliseconds would be worse. */
    private static final Duration TOLERATED = Duration.ofMillis(100);

    private static final Duration WORTH_A_WORD = Duration.ofSeconds(2);

    private final Supplier<Instant> database;
    private final LongSupplier nanos;
    private volatile Anchor anchor;
    private @Nullable ScheduledExecutorService looking;

    /** What time it was at some moment of the monotonic clock. */
    private record Anchor(Instant time, long nanos) {
        Instant at(long moment) {
            return time.plusNanos(moment - nanos);
        }
    }

    /**
     * @param own what is believed until the database was asked
     * @param database asked for its time; where it does not answer, a {@link DataAccessException}
     */
    CentralClock(InstantSource own, Supplier<Instant> database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
        this.anchor = new Anchor(own.instant(), nanos.getAsLong());
    }

    @Override
    public Instant instant() {
        return anchor.at(nanos.getAsLong());
    }

    /** When within the time that the answer took it was given, is not known: so much is not held against the clock. */
    void look() {
        try {
            long asked = nanos.getAsLong();
            Instant told = database.get();
            long half = (nanos.getAsLong() - asked) / 2;
            believe(told, asked + half, TOLERATED.plusNanos(half));
        } catch (DataAccessException unknownNow) {
            log.debug("The database did not tell its time", unknownNow);
        }
    }

    private void believe(Instant told, long moment, Duration explicable) {
        Duration wrong = Duration.between(told, anchor.at(moment));
        if (wrong.abs().compareTo(explicable) > 0) {
            anchor = new Anchor(told, moment);
            say(wrong);
        }
    }

    private static void say(Duration wrong) {
        if (wrong.abs().compareTo(WORTH_A_WORD) > 0) {
            log.warn(
                    "What was taken for the time here was {} s {} the central database's clock, which counts",
                    Math.round(wrong.abs().toMillis() / 1000.0),
                    wrong.isNegative() ? "behind" : "ahead of");
        }
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService begun = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("central-clock").factory());
        var _ = begun.scheduleWithFixedDelay(
                this::look, LOOKS_EVERY.toMillis(), LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        looking = begun;
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService ending = looking;
        looking = null;
        if (ending != null) {
            ending.shutdownNow();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }
}
