package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDatabaseTest {
    private static final int KILLED = 9;

    @TempDir
    Path folder;

    @Test
    void a_server_ends_with_the_jvm_of_its_tests_though_that_was_killed() throws Exception {
        Path told = folder.resolve("told");
        assertThat(OwnProcess.run(Tests.class, List.of(told.toString()))).isEqualTo(KILLED);
        Path running = Path.of(Files.readString(told), "postmaster.pid");
        await().until(() -> Files.notExists(running));
    }

    /** Tests that say where their server's data is, and come to no end in order. */
    static final class Tests {
        private Tests() {}

        public static void main(String[] arguments) throws Exception {
            TestDatabase database = TestDatabase.create();
            try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                    var row = connection.createStatement().executeQuery("show data_directory")) {
                row.next();
                Files.writeString(Path.of(arguments[0]), row.getString(1));
            }
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
