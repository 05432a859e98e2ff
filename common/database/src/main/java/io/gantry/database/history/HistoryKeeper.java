package io.gantry.database.history;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets what was over long ago. Each statement is short and stands for itself: whoever ends in the middle leaves the rest to the next. */
public final class HistoryKeeper implements SmartInitializingSingleton, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(HistoryKeeper.class);
    private static final Duration FIRST_AFTER = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final HistorySettings settings;
    private final List<History> histories;
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("history").factory());

    HistoryKeeper(JdbcClient jdbc, InstantSource clock, HistorySettings settings, List<History> histories) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
        this.histories = histories;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var _ = turns.scheduleWithFixedDelay(
                this::forgetOld, FIRST_AFTER.toMillis(), settings.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All of it that is too old now. What can't be forgotten now is tried again the next time. */
    public void forgetOld() {
        OffsetDateTime limit = clock.instant().minus(settings.kept()).atOffset(ZoneOffset.UTC);
        histories.forEach(history -> forget(history, limit));
    }

    private void forget(History history, OffsetDateTime limit) {
        try {
            int all = 0;
            int some;
            do {
                some = forgetSome(history, limit);
                all += some;
            } while (some == MOST_AT_ONCE);
            if (all > 0) {
                log.info("Forgotten: {} {} that were over before {}", all, history.what(), limit);
            }
        } catch (DataAccessException refused) {
            log.warn("Old {} can't be forgotten now: {}", history.what(), refused.getMessage());
        }
    }

    private int forgetSome(History history, OffsetDateTime limit) {
        return jdbc.sql(history.forget())
                .param("limit", limit)
                .param("most", MOST_AT_ONCE)
                .query((_, _) -> true)
                .list()
                .size();
    }

    @Override
    public void destroy() {
        turns.shutdownNow();
    }
}
