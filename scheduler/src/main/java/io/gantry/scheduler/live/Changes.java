package io.gantry.scheduler.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells of changes at the moment they are committed, to whoever watches in any instance of the scheduler: PostgreSQL carries
 * the news. A watcher learns that something changed, not what; it looks for itself.
 */
@Component
public class Changes implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);
    private static final String CHANNEL = "scheduler_changes";

    /** What a statement that changes something gives back, to tell of it in the same breath; its parameter is the subject. */
    public static final String ANNOUNCED = "pg_notify('" + CHANNEL + "', ?)";

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Who only listens never learns that there is nobody to listen to any more. */
    private static final int LOOKS_BETWEEN_WORDS = 40;

    private final DataSource database;
    private final JdbcClient jdbc;
    private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();
    private volatile @Nullable Thread listener;

    Changes(DataSource database, JdbcClient jdbc) {
        this.database = database;
        this.jdbc = jdbc;
    }

    /** Watchers of the subject are woken when the current transaction is committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void announce(String subject) {
        jdbc.sql("select " + ANNOUNCED).param(subject).query((row, _) -> true).single();
    }

    /** Watches subjects from now on; what changed before must be looked at after this. */
    public Watch watch(Collection<String> subjects) {
        Watch watch = new Watch(closed -> subjects.forEach(subject -> forget(subject, closed)));
        subjects.forEach(subject -> remember(subject, watch));
        if (!isRunning()) {
            watch.end();
        }
        return watch;
    }

    private void remember(String subject, Watch watch) {
        watches.compute(subject, (_, watching) -> {
            Set<Watch> all = watching == null ? ConcurrentHashMap.newKeySet() : watching;
            all.add(watch);
            return all;
        });
    }

    private void forget(String subject, Watch watch) {
        watches.computeIfPresent(subject, (_, watching) -> {
            watching.remove(watch);
            return watching.isEmpty() ? null : watching;
        });
    }

    @Override
    public void start() {
        // Known before it runs: a thread that is quicker than this one would take itself for stopped.
        Thread thread = Thread.ofPlatform().name("scheduler-changes").daemon().unstarted(this::listen);
        listener = thread;
        thread.start();
    }

    /** Streams end before the web server waits for its requests, and the listener before its connection is taken away. */
    @Override
    public void stop() {
        Thread listening = listener;
        listener = null;
        watches.values().forEach(watching -> watching.forEach(Watch::end));
        if (listening != null) {
            awaitEndOf(listening);
        }
    }

    private static void awaitEndOf(Thread listening) {
        try {
            listening.join(PATIENCE.multipliedBy(8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }

    /** After a quick stop and start the thread before this one may still be about; it is not to go on. */
    private boolean isListener() {
        return listener == Thread.currentThread();
    }

    private void listen() {
        while (isListener()) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException lost) {
                pauseAfter(lost);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                Subscription _ = subscribed(statement)) {
            watches.values().forEach(Changes::wake);
            PGConnection notifications = connection.unwrap(PGConnection.class);
            for (int looks = 1; isListener(); looks++) {
                for (PGNotification change : notifications.getNotifications((int) PATIENCE.toMillis())) {
                    wake(watches.getOrDefault(change.getParameter(), Set.of()));
                }
                if (looks % LOOKS_BETWEEN_WORDS == 0) {
                    statement.execute("select 1");
                }
            }
        }
    }

    /** The connection goes back to others, who do not want to hear. */
    private static Subscription subscribed(Statement statement) throws SQLException {
        statement.execute("listen " + CHANNEL);
        return () -> statement.execute("unlisten " + CHANNEL);
    }

    private interface Subscription extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    private static void wake(Set<Watch> watching) {
        watching.forEach(Watch::wake);
    }

    /** News may have been missed meanwhile; every watcher is woken when the connection is back. */
    private void pauseAfter(SQLException lost) {
        if (isListener()) {
            log.warn("The database does not tell of changes; trying again: {}", lost.getMessage());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
