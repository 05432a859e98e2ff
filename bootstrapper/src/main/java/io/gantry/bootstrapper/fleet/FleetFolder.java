package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.OwnersFile;
import io.gantry.contract.fleet.KeyText;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this computer knows of a fleet: its key, its machines' host keys, its secrets, and what it was last told to be. Its
 * owner alone may read it.
 */
record FleetFolder(Path path) {
    private static final String FLEET = "fleet.yaml";
    private static final String KEY = "id_ed25519";
    private static final String OPERATOR_KEY = "operator-key";
    private static final String KNOWN_HOSTS = "known_hosts";
    private static final String SECRETS = "secrets.json";
    private static final String LOCK = ".lock";

    /** The key is the last: where it lies, the rest does. */
    private static final List<String> KEPT = List.of(SECRETS, KNOWN_HOSTS, OPERATOR_KEY, FLEET, KEY);

    /** Held while something is done to the fleet. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws GaveUpException if another command is at work on the fleet */
    Lock lock() {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held == null) {
                channel.close();
                throw new GaveUpException(
                        ExitCode.CONFLICT,
                        "Another gantry is at work on the fleet " + path.getFileName(),
                        "Wait until it is done, then say it again.");
            }
            return () -> release(channel);
        } catch (IOException unusable) {
            throw new UncheckedIOException("The folder of the fleet, " + path, unusable);
        }
    }

    private static void release(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    FleetKeys keys(String fleet) {
        return FleetKeys.in(path, fleet);
    }

    KnownHosts pins() {
        return new KnownHosts(path.resolve(KNOWN_HOSTS));
    }

    Path secrets() {
        return path.resolve(SECRETS);
    }

    /** The API key that the fleet begins with, made once. It leaves this computer only in requests; the fleet knows its hash. */
    KeyText operatorKey() throws IOException {
        Path file = path.resolve(OPERATOR_KEY);
        if (!Files.exists(file)) {
            OwnersFile.write(file, KeyText.draw(new SecureRandom()).text() + "\n");
        }
        return KeyText.parse(Files.readString(file).strip())
                .orElseThrow(() -> new GaveUpException(
                        ExitCode.FAILED, "%s holds no API key".formatted(file), "Put the fleet's key back there."));
    }

    /** What can't be made again. */
    List<Path> kept() {
        return KEPT.stream().map(path::resolve).filter(Files::exists).toList();
    }

    /** Whether the key of a fleet lies here. */
    boolean holdsKey() {
        return Files.exists(path.resolve(KEY));
    }

    /** Whether what lies here is of another fleet than these files, by name. */
    boolean isOfAnother(Map<String, String> files) throws IOException {
        return holdsKey() && !Files.readString(path.resolve(KEY)).equals(files.get(KEY));
    }

    /**
     * Files that were kept elsewhere are here afterwards.
     *
     * @param replacing whether they take the place of what is here already; else that stays
     */
    void restore(Map<String, String> files, boolean replacing) {
        KEPT.stream()
                .filter(name -> replacing || !Files.exists(path.resolve(name)))
                .forEach(name -> Optional.ofNullable(files.get(name))
                        .ifPresent(content -> OwnersFile.write(path.resolve(name), content)));
    }

    /** Within this folder, for a look by keys that are not to stay. */
    FleetFolder lookout() {
        return new FleetFolder(path.resolve(".lookout"));
    }

    /** What it was told to be when it was last brought up. */
    Optional<Fleet> remembered() throws IOException {
        Path file = path.resolve(FLEET);
        return Files.exists(file) ? Optional.of(FleetFile.read(file)) : Optional.empty();
    }

    void remember(Fleet fleet) throws IOException {
        Files.writeString(path.resolve(FLEET), FleetFile.show(fleet));
    }

    void forget() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
