package io.gantry.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database in a real PostgreSQL; one server for all tests of a JVM, one database for whoever asks. */
public record TestDatabase(String url, String user, String password) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    public static TestDatabase create() {
        String name = "test_" + COUNT.incrementAndGet();
        EmbeddedPostgres server = Server.INSTANCE;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Can't create the test database " + name, e);
        }
        return new TestDatabase(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    /** Started on first use, ended with the JVM. */
    private static final class Server {
        private static final Duration LONGEST = Duration.ofMinutes(2);
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPort(FreePorts.next())
                        .setPGStartupWait(LONGEST)
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("Can't start the embedded PostgreSQL", e);
            }
        }
    }
}
