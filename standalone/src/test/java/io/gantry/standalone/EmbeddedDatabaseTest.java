package io.gantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    /** Unpacked once for all tests. */
    @TempDir
    private static Path programs = Path.of("");

    @TempDir
    private Path directory = Path.of("");

    private final int port = FreePorts.next();

    @Test
    void what_is_written_survives_a_stop() throws Exception {
        try (var _ = EmbeddedDatabase.start(programs, directory, port)) {
            execute("create table kept as select 'yes' as word");
        }
        try (var _ = EmbeddedDatabase.start(programs, directory, port)) {
            assertThat(query("select word from kept")).isEqualTo("yes");
        }
    }

    @Test
    void what_is_written_survives_a_killed_process_whose_server_runs_on() throws Exception {
        try (var child = ChildJvm.start(
                DatabaseChild.class, programs.toString(), directory.toString(), Integer.toString(port))) {
            child.awaitLine("up");
            execute("create table kept as select 'yes' as word");
            child.kill();
        }
        try (var _ = EmbeddedDatabase.start(programs, directory, port)) {
            assertThat(query("select word from kept")).isEqualTo("yes");
        }
    }

    @Test
    void a_first_start_that_broke_off_begins_anew() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/postgresql.conf"), "half written");

        try (var _ = EmbeddedDatabase.start(programs, directory, port)) {
            assertThat(query("select 'works'")).isEqualTo("works");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(EmbeddedDatabase.url(port), EmbeddedDatabase.USER, "");
    }
}
