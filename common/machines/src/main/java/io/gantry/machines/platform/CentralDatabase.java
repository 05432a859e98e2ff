package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.gantry.contract.Sha256;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.remote.Engine;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A fleet's own central database, as a whole, by the programs in its container: it is the same PostgreSQL that writes and reads, nothing
 * more listens anywhere, and its password stays there. Any call throws a {@link MachineFailure}.
 */
public final class CentralDatabase {
    /** On the data's own volume: there is room for what is to become data there. */
    private static final String FOLDER = "/var/lib/postgresql/data";

    private static final String DUMP = "restore.dump";
    private static final String AFTERWARDS = "restore.sql";

    private final EngineCalls calls;
    private final ContainerShell shell;

    /**
     * @param engine of the machine that it is on
     * @param machine its name
     */
    public CentralDatabase(Engine engine, String machine) {
        this(engine, machine, ServiceContainer.nameOf("postgres"));
    }

    /** @param container where it has another name than in fleets */
    public CentralDatabase(Engine engine, String machine, String container) {
        this.calls = new EngineCalls(engine, machine);
        this.shell = new ContainerShell(calls, container);
    }

    /**
     * What is in it.
     *
     * @param schemas the version of each schema that a service has migrated
     * @param restoredFrom what was restored into it last; empty if nothing was
     */
    public record State(long bytes, Map<String, String> schemas, String restoredFrom) {
        public State {
            schemas = Map.copyOf(schemas);
        }

        public boolean isEmpty() {
            return schemas.isEmpty();
        }
    }

    /** Whether its container runs: otherwise nothing can be said of it. */
    public boolean runs() {
        return shell.runs();
    }

    public State state() {
        List<String> lines = shell.ask("look into the database", DatabaseScripts.STATE, Map.of())
                .lines()
                .toList();
        return new State(
                Long.parseLong(valueOf(lines, "bytes", "0")),
                lines.stream()
                        .filter(line -> line.startsWith("schema "))
                        .map(line -> line.split(" ", 3))
                        .collect(toMap(words -> words[1], words -> words[2])),
                valueOf(lines, "from", ""));
    }

    private static String valueOf(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    /** All of it at one instant, in the custom format of {@code pg_dump}, while everybody goes on working. */
    public void dump(OutputStream out) {
        var arrived = new Sha256();
        String sent = shell.run("dump the database", DatabaseScripts.DUMP, Map.of(), arrived.writing(out));
        if (!sent.endsWith(arrived.hex())) {
            throw new MachineFailure(
                    Reason.NO_ANSWER,
                    "The database's dump did not arrive from %s as it was sent. Try again.".formatted(calls.machine()));
        }
    }

    /**
     * Becomes what was dumped, whole or not at all. Whoever was connected is cut off.
     *
     * @param from by which {@link State#restoredFrom} tells that it was done
     * @param size of the dump in bytes
     * @param afterwards SQL, done to it before anybody sees it
     */
    public void restore(String from, long size, InputStream dump, String afterwards) {
        byte[] sql = afterwards.getBytes(UTF_8);
        calls.doing(
                "take the dump of the database",
                docker -> docker.copyArchiveToContainerCmd(shell.container())
                        .withRemotePath(FOLDER)
                        .withTarInputStream(TarOf.files(
                                new TarOf.File(AFTERWARDS, sql.length, new ByteArrayInputStream(sql)),
                                new TarOf.File(DUMP, size, dump)))
                        .exec());
        shell.run(
                "restore the database",
                DatabaseScripts.RESTORE,
                Map.of("FOLDER", FOLDER, "DUMP", DUMP, "AFTERWARDS", AFTERWARDS, "RESTORED_FROM", from),
                OutputStream.nullOutputStream());
    }
}
