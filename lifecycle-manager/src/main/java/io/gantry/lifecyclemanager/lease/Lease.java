package io.gantry.lifecyclemanager.lease;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.messaging.Tokens;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says which of several lifecycle managers acts: a row that its holder renews. Each time it changes hands its fencing number
 * is raised, and what is written for an old number is refused, so that one who slept through its end does no harm.
 */
@Component
@OnlyInFleet
public class Lease {
    /** The holder stops this part of the lease before it ends, as no two clocks are equally quick. */
    private static final int SAFETY = 5;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final LeaseSettings settings;
    private final Ticker ticker;
    private final String me;
    /** What the row says and what is known of it change together, whoever takes, releases or hands over. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile long contact;
    private long notBefore;
    private volatile @Nullable Held held;

    private record Held(long fencing, long end) {}

    Lease(JdbcClient jdbc, TransactionTemplate transaction, Tokens tokens, LeaseSettings settings, Ticker ticker) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.ticker = ticker;
        this.me = tokens.next();
        this.contact = ticker.nanos();
        this.notBefore = contact;
    }

    /**
     * Takes the lease if it is free, renews it if it is ours. One that lasts longer than leases do is free: the database's clock was
     * set back since.
     */
    boolean take() {
        changing.lock();
        try {
            return takeOrRenew();
        } finally {
            changing.unlock();
        }
    }

    private boolean takeOrRenew() {
        long asked = ticker.nanos();
        if (asked - notBefore < 0) {
            return false;
        }
        Optional<Long> fencing = jdbc.sql("""
                        update lease
                        set fencing = case when holder = :me and until > clock_timestamp() then fencing else fencing + 1 end,
                            holder = :me, until = clock_timestamp() + :millis * interval '1 millisecond'
                        where holder = :me or until <= clock_timestamp()
                            or until > clock_timestamp() + :millis * interval '1 millisecond' returning fencing""")
                .param("me", me)
                .param("millis", settings.lasts().toMillis())
                .query(Long.class)
                .optional();
        contact = ticker.nanos();
        long usable = settings.lasts().minus(settings.lasts().dividedBy(SAFETY)).toNanos();
        held = fencing.map(number -> new Held(number, asked + usable)).orElse(null);
        return fencing.isPresent();
    }

    /** Another is to take it; it is not asked for again for so long. */
    public void handOver(Duration pause) {
        changing.lock();
        try {
            notBefore = ticker.nanos() + pause.toNanos();
            release();
        } finally {
            changing.unlock();
        }
    }

    /** Another may take it at once. */
    void release() {
        changing.lock();
        try {
            held = null;
            jdbc.sql("update lease set until = '-infinity' where holder = ?")
                    .param(me)
                    .update();
        } finally {
            changing.unlock();
        }
    }

    /** The fencing number of the lease, as long as it is certainly ours. */
    public OptionalLong held() {
        Held known = held;
        return known != null && ticker.nanos() - known.end() < 0
                ? OptionalLong.of(known.fencing())
                : OptionalLong.empty();
    }

    /** How long the database has not answered. */
    public Duration sinceContact() {
        return Duration.ofNanos(ticker.nanos() - contact);
    }

    /**
     * Writes in one transaction during which the lease can't change hands.
     *
     * @throws LeaseLost if it has changed hands before
     */
    public <T> T fenced(long fencing, Supplier<T> writing) {
        T written = transaction.execute(_ -> {
            require(fencing);
            return writing.get();
        });
        return Objects.requireNonNull(written);
    }

    public void fenced(long fencing, Runnable writing) {
        transaction.executeWithoutResult(_ -> {
            require(fencing);
            writing.run();
        });
    }

    /** The same for whoever holds it now. */
    public <T> T fencedNow(Supplier<T> writing) {
        return fenced(held().orElseThrow(() -> new LeaseLost(0)), writing);
    }

    /**
     * Who falls asleep in the middle of a write holds the row: the database ends his transaction, when it has been idle for as long as
     * a lease lasts.
     */
    private void require(long fencing) {
        boolean ours = jdbc.sql("""
                        select set_config('idle_in_transaction_session_timeout', :millis, true)
                        from lease where fencing = :fencing for share""")
                .param("millis", Long.toString(settings.lasts().toMillis()))
                .param("fencing", fencing)
                .query(String.class)
                .optional()
                .isPresent();
        if (!ours) {
            throw new LeaseLost(fencing);
        }
    }
}
