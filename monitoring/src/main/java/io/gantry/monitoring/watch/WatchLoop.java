package io.gantry.monitoring.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Keeps the watches going, neither of which waits for the other, and the pulse, which must not depend on what they wait for. */
@Component
class WatchLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);
    private static final int PULSES_IN_A_STALL = 5;

    private final Watch watch;
    private final InstanceWatch instances;
    private final Pulse pulse;
    private final WatchSettings settings;
    private final InstanceSettings ofInstances;
    private volatile @Nullable ScheduledExecutorService clock;
    private volatile boolean outage;

    WatchLoop(Watch watch, InstanceWatch instances, Pulse pulse, WatchSettings settings, InstanceSettings ofInstances) {
        this.watch = watch;
        this.instances = instances;
        this.pulse = pulse;
        this.settings = settings;
        this.ofInstances = ofInstances;
    }

    private interface Beat {
        void beat() throws InterruptedException;
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newScheduledThreadPool(
                3, Thread.ofPlatform().daemon().name("watch-", 0).factory());
        repeat(fresh, pulse::beat, settings.stall().dividedBy(PULSES_IN_A_STALL));
        repeat(fresh, () -> beat(watch::beat), settings.every());
        repeat(fresh, () -> beat(instances::beat), ofInstances.every());
        clock = fresh;
    }

    private static void repeat(ScheduledExecutorService clock, Runnable work, Duration every) {
        var _ = clock.scheduleAtFixedRate(work, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever goes wrong in one beat, another follows. */
    private void beat(Beat one) {
        try {
            one.beat();
            outage = false;
        } catch (DataAccessException | TransactionException failure) {
            if (!outage) {
                log.warn("The watch waits for the database: {}", failure.getMessage());
            }
            outage = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.error("A beat of the watch failed", bug);
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = clock;
        if (running != null) {
            running.shutdownNow();
            clock = null;
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }
}
