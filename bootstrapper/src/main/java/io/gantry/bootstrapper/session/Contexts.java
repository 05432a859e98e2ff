package io.gantry.bootstrapper.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.gantry.bootstrapper.platform.Gate;
import io.gantry.contract.fleet.KeyText;
import io.gantry.remote.HostKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fleets that this user knows: where each is reached, and the API key for it. A file a fleet, readable by its owner
 * alone; a further file names the current one.
 */
public final class Contexts {
    private static final String JSON = ".json";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?");

    private final Path folder;
    private final Path current;

    /**
     * @param name of the fleet
     * @param servers of its lifecycle managers
     * @param gates through any of which they are reached; none: they are reached at their addresses
     */
    public record Context(String name, List<URI> servers, KeyText key, List<Gate> gates) {
        /** @throws GaveUpException if a server is no address, or the key no key */
        public static Context of(String name, List<String> servers, String key, List<Gate> gates) {
            return new Context(
                    name,
                    Servers.parse(servers),
                    KeyText.parse(key)
                            .orElseThrow(() -> new GaveUpException(
                                    ExitCode.NOT_AUTHORISED, "What is kept for %s is no API key".formatted(name), "")),
                    gates);
        }
    }

    /** @param gate the only one, as it was kept before there could be several */
    @JsonInclude(Include.NON_EMPTY)
    private record Kept(
            List<String> server,
            String key,
            @Nullable KeptGate gate,
            @Nullable List<KeptGate> gates) {
        List<Gate> all() {
            return Stream.concat(
                            Stream.ofNullable(gate), Objects.requireNonNullElse(gates, List.<KeptGate>of()).stream())
                    .map(KeptGate::gate)
                    .toList();
        }
    }

    private record KeptGate(URI machine, String hostKey, String privateKey) {
        static KeptGate of(Gate gate) {
            return new KeptGate(
                    gate.machine(), gate.hostKey().toString(), gate.privateKey().toString());
        }

        Gate gate() {
            return new Gate(machine, HostKey.parse(hostKey), Path.of(privateKey));
        }
    }

    /** @param folder where they are kept; made when there is something to keep */
    public Contexts(Path folder) {
        this.folder = folder.resolve("contexts");
        this.current = folder.resolve("current-context");
    }

    /** In {@code ~/.config/gantry}, or where {@code XDG_CONFIG_HOME} says. */
    public static Contexts ofUser(Map<String, String> env) {
        String config = env.getOrDefault("XDG_CONFIG_HOME", "");
        Path home = Path.of(System.getProperty("user.home"));
        return new Contexts((config.isEmpty() ? home.resolve(".config") : Path.of(config)).resolve("gantry"));
    }

    public void save(Context context) {
        var servers = context.servers().stream().map(URI::toString).toList();
        var gates = context.gates().stream().map(KeptGate::of).toList();
        OwnersFile.write(
                fileOf(context.name()),
                JsonMapper.shared()
                                .writeValueAsString(
                                        new Kept(servers, context.key().text(), null, gates))
                        + "\n");
    }

    /** @throws GaveUpException if it is not there any more */
    public Optional<Context> current() {
        return currentName().map(this::named);
    }

    public Optional<String> currentName() {
        return read(current).map(String::strip).filter(name -> !name.isEmpty());
    }

    /** @throws GaveUpException if there is none of that name */
    public Context named(String name) {
        String text = read(fileOf(name)).orElseThrow(() -> unknown(name));
        try {
            Kept kept = JsonMapper.shared().readValue(text, Kept.class);
            return Context.of(name, kept.server(), kept.key(), kept.all());
        } catch (JacksonException | IllegalArgumentException unreadable) {
            throw new GaveUpException(
                    ExitCode.FAILED,
                    "The context %s can't be read".formatted(name),
                    "Remove it and begin anew: " + fileOf(name));
        }
    }

    /** Sorted. */
    public List<String> names() {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(JSON))
                    .map(file -> file.substring(0, file.length() - JSON.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Listing " + folder, unreadable);
        }
    }

    /** Makes it the one that is meant where nothing else is said. */
    public void use(String name) {
        OwnersFile.write(current, named(name).name() + "\n");
    }

    /** This machine is meant where nothing else is said. */
    public void useNone() {
        delete(current);
    }

    public void remove(String name) {
        delete(fileOf(name));
        if (currentName().filter(name::equals).isPresent()) {
            useNone();
        }
    }

    private Path fileOf(String name) {
        if (!NAME.matcher(name).matches()) {
            throw unknown(name);
        }
        return folder.resolve(name + JSON);
    }

    private static GaveUpException unknown(String name) {
        return new GaveUpException(
                ExitCode.NOT_FOUND,
                "There is no context \"%s\"".formatted(name),
                "See those there are with: gantry context list");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading " + file, unreadable);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Removing " + file, unwritable);
        }
    }
}
