package io.gantry.machines.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.HostConfig;
import io.gantry.machines.MachineFailure;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL in the image that fleets have. */
class CentralDatabaseIT {
    private static final String CONTAINER =
            "gantry-central-database-it-" + ProcessHandle.current().pid();
    private static final Duration SOON = Duration.ofMinutes(2);

    private static Engines engines;
    private static Engine engine;
    private static CentralDatabase database;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        engines = new Engines(null);
        engine = engines.of(URI.create("unix:///var/run/docker.sock"), null);
        var docker = engine.docker();
        docker.createContainerCmd("gantry/postgres:1")
                .withName(CONTAINER)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                .exec();
        database = new CentralDatabase(engine, "vm-1", CONTAINER);
        assertThat(database.runs()).isFalse();
        docker.startContainerCmd(CONTAINER).exec();
        await().atMost(SOON).ignoreExceptions().until(() -> database.state().bytes() > 0);
    }

    @AfterAll
    static void remove() {
        engine.docker()
                .removeContainerCmd(CONTAINER)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
        engines.close();
    }

    @Test
    void what_was_dumped_is_there_again_and_nothing_of_what_came_after_it() throws IOException {
        sql("""
                drop schema if exists scheduler cascade;
                create schema scheduler;
                create table scheduler.flyway_schema_history (installed_rank int, version text);
                insert into scheduler.flyway_schema_history values (1, '0.1'), (2, '1');
                create table scheduler.app (name text primary key, filling bytea);
                insert into scheduler.app select 'app-' || n, decode(repeat(md5(n::text), 4096), 'hex') from generate_series(1, 500) n;""");
        assertThat(database.state().schemas()).isEqualTo(Map.of("scheduler", "1"));
        assertThat(database.state().isEmpty()).isFalse();
        Path dump = dumped();

        sql("delete from scheduler.app; insert into scheduler.app values ('later', null); create schema later;");
        restore("backup-1", dump, "insert into scheduler.app values ('afterwards', null);");

        assertThat(sql("select count(*), count(filling) from scheduler.app;")).isEqualTo("501|500");
        assertThat(sql("select count(*) from pg_namespace where nspname = 'later';"))
                .isEqualTo("0");
        assertThat(database.state().restoredFrom()).isEqualTo("backup-1");
        assertThat(sql("select count(*) from pg_database where datname like 'gantry_%';"))
                .isEqualTo("0");
        assertThat(sql("\\! ls /var/lib/postgresql/data")).isEqualTo("main");
    }

    @Test
    void who_is_connected_does_not_keep_it_from_being_restored() throws IOException {
        sql("create table if not exists held (id int);");
        Path dump = dumped();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var connected = threads.submit(() -> sql("select pg_sleep(240);"));
            await().atMost(SOON)
                    .until(() -> sql("select count(*) from pg_stat_activity where query like 'select pg_sleep(2%';")
                            .equals("1"));
            restore("backup-2", dump, "");
            assertThat(database.state().restoredFrom()).isEqualTo("backup-2");
            assertThatThrownBy(connected::get).hasMessageContaining("terminating connection");
        }
    }

    @Test
    void a_dump_that_is_none_or_a_step_that_fails_afterwards_leaves_all_as_it_was() throws IOException {
        sql("create table if not exists kept (id int);");
        String before = database.state().restoredFrom();
        byte[] none = "no dump".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> database.restore("backup-3", none.length, new ByteArrayInputStream(none), ""))
                .isInstanceOf(MachineFailure.class)
                .hasMessageContaining("could not restore the database");
        Path dump = dumped();
        assertThatThrownBy(() -> restore("backup-3", dump, "insert into nothing values (1);"))
                .isInstanceOf(MachineFailure.class)
                .hasMessageContaining("nothing");

        assertThat(database.state().restoredFrom()).isEqualTo(before);
        assertThat(sql("select count(*) from kept;")).isEqualTo("0");
    }

    @Test
    void that_this_computer_has_no_room_is_no_fault_of_the_machine() {
        assertThatThrownBy(() -> database.dump(new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        throw new IOException("No space left on device");
                    }
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("No space left on device");
    }

    private Path dumped() throws IOException {
        Path dump = folder.resolve("dump");
        try (OutputStream out = Files.newOutputStream(dump)) {
            database.dump(out);
        }
        return dump;
    }

    private static void restore(String from, Path dump, String afterwards) throws IOException {
        try (InputStream in = Files.newInputStream(dump)) {
            database.restore(from, Files.size(dump), in, afterwards);
        }
    }

    private static String sql(String statements) {
        return new ContainerShell(new EngineCalls(engine, "vm-1"), CONTAINER)
                .ask("run a test's SQL", """
                        export PGPASSWORD=gantry
                        psql -X -q -At --set=ON_ERROR_STOP=1 --username=gantry gantry <<END
                        $STATEMENTS
                        END
                        """, Map.of("STATEMENTS", statements))
                .strip();
    }
}
