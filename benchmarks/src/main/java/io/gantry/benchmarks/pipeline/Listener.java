package io.gantry.benchmarks.pipeline;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Hears from the database which deployments are over, right after the commit that says so. */
final class Listener implements AutoCloseable {
    static final String CHANNEL = "bench_over";

    private static final int PATIENCE = 250;

    private final Connection connection;
    private final Thread thread;
    private volatile Ends ends = new Ends();
    private volatile boolean closing;

    private Listener(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("pipeline-listener").unstarted(this::listen);
    }

    static Listener on(EmbeddedPostgres database) throws SQLException {
        Listener listener = new Listener(database.getPostgresDatabase().getConnection());
        try (Statement statement = listener.connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
        listener.thread.start();
        return listener;
    }

    void tell(Ends newEnds) {
        ends = newEnds;
    }

    private void listen() {
        try {
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (!closing) {
                for (PGNotification over : notifications.getNotifications(PATIENCE)) {
                    String[] words = over.getParameter().split(" ", 2);
                    ends.over(words[1], words[0], System.nanoTime());
                }
            }
        } catch (SQLException lost) {
            throw new IllegalStateException("The database tells no longer what is over", lost);
        }
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
