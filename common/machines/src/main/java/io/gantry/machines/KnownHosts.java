package io.gantry.machines;

import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The host keys of a fleet's machines in a file that {@code ssh} understands too, where the comment of a line is the machine's
 * name.
 */
public final class KnownHosts implements HostKeyPins {
    private static final int SSH_PORT = 22;

    private final Path file;
    private final ReentrantLock writing = new ReentrantLock();

    public KnownHosts(Path file) {
        this.file = file;
    }

    private record Line(String host, HostKey key, String machine) {
        /** @return nothing for comments, and for what was written by others */
        static Stream<Line> parse(String text) {
            String[] words = text.strip().split(" ", -1);
            return words.length == 4
                    ? Stream.of(new Line(words[0], new HostKey(words[1], words[2]), words[3]))
                    : Stream.empty();
        }

        @Override
        public String toString() {
            return "%s %s %s".formatted(host, key, machine);
        }
    }

    @Override
    public Optional<HostKey> of(String machine) {
        return lines().stream()
                .filter(line -> line.machine().equals(machine))
                .map(Line::key)
                .findFirst();
    }

    @Override
    public void pin(String machine, SshTarget target) {
        writing.lock();
        try {
            Optional<HostKey> pinned = of(machine);
            if (pinned.isEmpty()) {
                write(Stream.concat(lines().stream(), Stream.of(new Line(hostOf(target), target.hostKey(), machine))));
            } else if (!pinned.get().equals(target.hostKey())) {
                throw MachineFailure.hostKeyChanged(machine);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void forget(String machine) {
        writing.lock();
        try {
            if (of(machine).isPresent()) {
                write(lines().stream().filter(line -> !line.machine().equals(machine)));
            }
        } finally {
            writing.unlock();
        }
    }

    private static String hostOf(SshTarget target) {
        return target.port() == SSH_PORT ? target.host() : "[%s]:%d".formatted(target.host(), target.port());
    }

    private List<Line> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.flatMap(Line::parse).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading the pinned host keys in " + file, unreadable);
        }
    }

    private void write(Stream<Line> lines) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(fresh, lines.map(Line::toString).toList());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Writing the pinned host keys to " + file, unwritable);
        }
    }
}
