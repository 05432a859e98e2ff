package io.gantry.scheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Fires schedules at the moment they come due. Each scheduler does, for all schedules: what one is at work on, the others pass
 * over. Nothing is taken before it is due, so what one that died would have fired is fired by the others as if nothing had been.
 */
@Component
class ScheduleWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ScheduleWatch.class);

    /** By then a schedule is seen that another scheduler was asked for. */
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    /** What is due and another one is at work on is looked at again, as that one may die of it. */
    private static final Duration OTHERS_WORK = Duration.ofMillis(20);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_OF_ONE = Duration.ofSeconds(5);
    private static final Duration TO_END_WITHIN = Duration.ofSeconds(10);

    private final ScheduleTable table;
    private final ScheduleRuns runs;
    private final InstantSource clock;
    private final Semaphore news = new Semaphore(0);

    /** Those that could not be fired, until they are tried again. */
    private final Map<String, Instant> postponed = new HashMap<>();

    private volatile @Nullable Thread thread;

    ScheduleWatch(ScheduleTable table, ScheduleRuns runs, InstantSource clock) {
        this.table = table;
        this.runs = runs;
        this.clock = clock;
    }

    /** Another schedule may be the next one when the current transaction is committed. */
    void lookAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                news.release();
            }
        });
    }

    @Override
    public void start() {
        // Known before it runs: a thread that is quicker than this one would take itself for stopped.
        Thread watch = Thread.ofPlatform().name("schedule-watch").daemon().unstarted(this::run);
        thread = watch;
        watch.start();
    }

    /** What is being fired is committed before the connections go. */
    @Override
    public void stop() {
        Thread ending = thread;
        thread = null;
        news.release();
        if (ending != null) {
            awaitEndOf(ending);
        }
    }

    private static void awaitEndOf(Thread ending) {
        try {
            ending.join(TO_END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** After a quick stop and start the thread before this one may still be about; it is not to go on. */
    private boolean isWatch() {
        return thread == Thread.currentThread();
    }

    private void run() {
        while (isWatch()) {
            try {
                pause(pass());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (time.isPositive() && news.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }

    /** @return until when there is nothing to do */
    private Duration pass() {
        try {
            Instant now = clock.instant();
            postponed.values().removeIf(until -> !until.isAfter(now));
            Optional<Instant> next = table.nextWork(postponed.keySet());
            Duration left = next.map(at -> Duration.between(now, at)).orElse(LOOKS_EVERY);
            if (left.isPositive()) {
                return left.compareTo(LOOKS_EVERY) < 0 ? left : LOOKS_EVERY;
            }
            return fire(now) > 0 ? Duration.ZERO : OTHERS_WORK;
        } catch (RuntimeException failed) {
            log.warn("Schedules can't be fired; trying again: {}", failed.getMessage());
            return PAUSE;
        }
    }

    private int fire(Instant now) {
        try {
            return runs.fire(postponed.keySet());
        } catch (RuntimeException failed) {
            log.warn("Schedules could not be fired together; trying each by itself: {}", failed.getMessage());
            return fireEach(now);
        }
    }

    /** One that can't be fired keeps no other from its time. */
    private int fireEach(Instant now) {
        var due = table.due(now, postponed.keySet());
        for (String id : due) {
            try {
                runs.fireOne(id);
            } catch (RuntimeException failed) {
                log.error("Schedule {} could not be fired; again in {} s", id, PAUSE_OF_ONE.toSeconds(), failed);
                postponed.put(id, now.plus(PAUSE_OF_ONE));
            }
        }
        return due.size();
    }
}
