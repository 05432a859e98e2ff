package io.gantry.bootstrapper.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import io.gantry.bootstrapper.backup.BackupFile;
import io.gantry.bootstrapper.backup.BackupWriter;
import io.gantry.bootstrapper.backup.Contents;
import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.backup.Passphrase;
import io.gantry.machines.platform.CentralDatabase;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.HostKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database as the services migrate it, through a backup's file and back, in a real PostgreSQL. */
class AfterRestoreIT {
    private static final String CONTAINER =
            "gantry-after-restore-it-" + ProcessHandle.current().pid();
    private static final Passphrase PASSPHRASE = new Passphrase("correct horse battery staple");
    private static final HostKey FORMER =
            HostKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax");
    private static final HostKey OTHER =
            HostKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax");
    private static final Duration SOON = Duration.ofMinutes(2);

    private static Engines engines;
    private static Engine engine;
    private static CentralDatabase database;

    @TempDir
    private Path folder;

    @BeforeAll
    static void migrate() throws IOException {
        engines = new Engines(null);
        engine = engines.of(URI.create("unix:///var/run/docker.sock"), null);
        engine.docker()
                .createContainerCmd("gantry/postgres:1")
                .withName(CONTAINER)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                .exec();
        engine.docker().startContainerCmd(CONTAINER).exec();
        database = new CentralDatabase(engine, "vm-1", CONTAINER);
        await().atMost(SOON).ignoreExceptions().until(() -> database.state().bytes() > 0);
        migrate("lifecycle_manager", "lifecycle-manager");
        migrate("scheduler", "scheduler");
    }

    /** V9 comes before V10. */
    private static int version(Path migration) {
        String name = migration.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf('_')));
    }

    private static void migrate(String schema, String module) throws IOException {
        sql("create schema %s; create table %s.flyway_schema_history (installed_rank int, version text);"
                .formatted(schema, schema));
        for (Path folder : List.of(
                Path.of("../common/messaging/src/main/resources/db/messaging"),
                Path.of("../%s/src/main/resources/db/%s".formatted(module, module)))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.sorted(comparingInt(AfterRestoreIT::version)).toList()) {
                    sql("set search_path = %s;%n%s".formatted(schema, Files.readString(file)));
                }
            }
        }
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
    void a_database_of_another_time_is_made_fit_for_now() throws IOException {
        sql("""
                update lifecycle_manager.lease set holder = 'former', fencing = 7, until = now() + interval '1 hour';
                update lifecycle_manager.reconciliation set settled = true;
                insert into lifecycle_manager.machine (name, host_key, engine, prepared_at, prepared_for) values
                    ('vm-1', '%s', 'ssh://ops@10.0.0.4:22', now(), 'registry'),
                    ('vm-2', '%s', 'ssh://ops@10.0.0.5:22', now(), 'registry'),
                    ('vm-3', '%s', 'ssh://ops@10.0.0.6:22', now(), 'registry');
                insert into lifecycle_manager.outbox (message_id, topic, key, created_at, sent_at) values
                    ('m-1', 'lifecycle-manager.api-keys', 'k', now(), now()),
                    ('m-2', 'lifecycle-manager.machines', 'vm-1', now(), now());
                insert into scheduler.outbox (message_id, topic, key, created_at, sent_at) values
                    ('m-3', 'deployer.commands', 'shop', now(), now()),
                    ('m-4', 'deployer.commands', 'shop', now(), null);
                """.formatted(FORMER, FORMER, FORMER));
        Path backup = backup();
        sql("delete from scheduler.outbox; update lifecycle_manager.lease set fencing = 12;");

        // vm-1 is as it was, vm-2 was made anew, vm-3 is not there.
        restore(backup, Map.of("vm-1", FORMER, "vm-2", OTHER));

        assertThat(sql("select holder, fencing, until from lifecycle_manager.lease;"))
                .isEqualTo("|1000007|-infinity");
        assertThat(sql("select settled from lifecycle_manager.reconciliation;")).isEqualTo("f");
        assertThat(sql("select message_id from scheduler.outbox where sent_at is null order by id;"))
                .isEqualTo("m-3\nm-4");
        assertThat(sql("select message_id from lifecycle_manager.outbox where sent_at is null;"))
                .isEqualTo("m-2");
        assertThat(sql("select name from lifecycle_manager.machine where host_key is not null and engine is not null"
                        + " and prepared_at is not null order by name;"))
                .isEqualTo("vm-1\nvm-3");
        assertThat(sql("select name from lifecycle_manager.machine where host_key is null and engine is null"
                        + " and prepared_at is null and prepared_for is null;"))
                .isEqualTo("vm-2");
    }

    private Path backup() throws IOException {
        Path file = folder.resolve("backup");
        CentralDatabase.State state = database.state();
        var manifest = new Manifest(
                "0123", "shop", "0.1.0", Instant.EPOCH, new Manifest.Database(state.bytes(), state.schemas()));
        try (var writer = BackupWriter.create(file, false, PASSPHRASE, manifest)) {
            writer.add(BackingUp.DATABASE, database::dump);
            writer.finish();
        }
        return file;
    }

    private static void restore(Path file, Map<String, HostKey> hostKeys) throws IOException {
        BackupFile backup = BackupFile.open(file, PASSPHRASE);
        Contents contents = backup.verify();
        long size = contents.under(BackingUp.DATABASE).getFirst().size();
        backup.read(
                BackingUp.DATABASE::equals,
                (_, dump) -> database.restore(contents.manifest().id(), size, dump, AfterRestore.sql(hostKeys)));
        assertThat(database.state().restoredFrom()).isEqualTo("0123");
    }

    private static String sql(String statements) {
        var docker = engine.docker();
        String exec = docker.execCreateCmd(CONTAINER)
                .withCmd("bash", "-c", "psql -X -q -At -v ON_ERROR_STOP=1 --username=gantry gantry <<< \"$STATEMENTS\"")
                .withEnv(List.of("PGPASSWORD=gantry", "STATEMENTS=" + statements))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        var said = new StringBuilder();
        try {
            docker.execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            said.append(new String(frame.getPayload(), UTF_8));
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException stopped) {
            throw new UncheckedIOException(new IOException(stopped));
        }
        assertThat(docker.inspectExecCmd(exec).exec().getExitCodeLong())
                .as(said.toString())
                .isZero();
        return said.toString().strip();
    }
}
