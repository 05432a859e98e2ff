package io.gantry.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database in a real PostgreSQL; one server for all tests of a JVM, one database for whoever asks. */
public record TestDatabase(String url, String user, String password) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    public static TestDatabase create() {
        String name = "test_" + COUNT.incrementAndGet();
        EmbeddedPostgres server = Server.INSTANCE.postgres();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Can't create the test database " + name, e);
        }
        return new TestDatabase(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    /**
     * Started on first use, ended with the JVM.
     *
     * @param watchdog kept, as with it goes the pipe that it reads
     */
    private record Server(EmbeddedPostgres postgres, Process watchdog) {
        private static final Duration LONGEST = Duration.ofMinutes(2);

        /** The pipe ends with this JVM, however that ends. */
        private static final String END_IT_WITH_US = """
                trap '' HUP INT TERM
                read -r _
                pid=$(head -n 1 "$1/postmaster.pid") && kill -INT "$pid\"""";

        static final Server INSTANCE = start();

        private static Server start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPort(FreePorts.next())
                        .setPGStartupWait(LONGEST)
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        .start();
                return new Server(postgres, watchdog(dataDirectory(postgres)));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("Can't start the embedded PostgreSQL", e);
            }
        }

        private static String dataDirectory(EmbeddedPostgres postgres) throws SQLException {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("show data_directory")) {
                row.next();
                return row.getString(1);
            }
        }

        private static Process watchdog(String dataDirectory) throws IOException {
            return new ProcessBuilder("sh", "-c", END_IT_WITH_US, "sh", dataDirectory)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }
}
