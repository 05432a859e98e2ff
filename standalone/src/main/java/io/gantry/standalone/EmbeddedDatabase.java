package io.gantry.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server beside this JVM, its data on disk, with one database for all services. */
final class EmbeddedDatabase implements AutoCloseable {
    static final String USER = "postgres";
    private static final String DATABASE = "gantry";
    private static final Duration START = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * @param programs where the server's programs are unpacked, at the first start
     * @param directory where its data is
     */
    static EmbeddedDatabase start(Path programs, Path directory, int port) throws IOException, SQLException {
        Path data = directory.resolve("data");
        Path whole = directory.resolve("whole");
        stopLeftover(data);
        Ports.requireFree(port, "PostgreSQL");
        if (Files.notExists(whole)) {
            FileSystemUtils.deleteRecursively(data);
        }
        var database = new EmbeddedDatabase(server(programs, data, port));
        database.create();
        if (Files.notExists(whole)) {
            Files.createFile(whole);
        }
        return database;
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    private static EmbeddedPostgres server(Path programs, Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setPGStartupWait(START)
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("max_connections", "150")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", "../../log")
                .setServerConfig("log_filename", "postgresql.log")
                .setServerConfig("log_rotation_age", "0")
                .start();
    }

    /** A server whose JVM was killed runs on, and nobody would ever stop it. */
    private static void stopLeftover(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle.of(pid)
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .ifPresent(EmbeddedDatabase::stop);
    }

    private static void stop(ProcessHandle leftover) {
        leftover.destroy();
        try {
            leftover.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException stillThere) {
            leftover.destroyForcibly();
        } catch (InterruptedException | ExecutionException failure) {
            throw new CannotStart(
                    "The PostgreSQL server of an earlier run does not stop (process %d)".formatted(leftover.pid()),
                    failure);
        }
    }

    private void create() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            return found.next();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
