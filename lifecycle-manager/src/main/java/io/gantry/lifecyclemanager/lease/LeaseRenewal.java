package io.gantry.lifecyclemanager.lease;

import io.gantry.lifecyclemanager.OnlyInFleet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Renews the lease, or tries to take it, for as long as this process runs. */
@Component
@OnlyInFleet
class LeaseRenewal implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LeaseRenewal.class);

    private final Lease lease;
    private final LeaseSettings settings;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread thread;

    LeaseRenewal(Lease lease, LeaseSettings settings) {
        this.lease = lease;
        this.settings = settings;
    }

    @Override
    public void start() {
        Thread renewing = Thread.ofPlatform().name("lease").daemon().unstarted(this::run);
        thread = renewing;
        renewing.start();
    }

    private void run() {
        boolean ours = false;
        try {
            do {
                ours = renew(ours);
            } while (!stop.tryAcquire(
                    (ours ? settings.renewEvery() : settings.tryEvery()).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            return;
        }
        if (ours) {
            release();
        }
    }

    private boolean renew(boolean before) {
        try {
            boolean ours = lease.take();
            if (ours != before) {
                log.info("The lease is {}", ours ? "ours: this lifecycle manager acts" : "another's");
            }
            return ours;
        } catch (DataAccessException | TransactionException away) {
            log.warn("The lease could not be renewed; trying again: {}", away.getMessage());
            return before && lease.held().isPresent();
        }
    }

    private void release() {
        try {
            lease.release();
        } catch (DataAccessException | TransactionException away) {
            log.info("The lease could not be given back; it ends by itself: {}", away.getMessage());
        }
    }

    @Override
    public void stop() {
        Thread renewing = thread;
        thread = null;
        stop.release();
        if (renewing != null) {
            try {
                renewing.join(settings.lasts());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
