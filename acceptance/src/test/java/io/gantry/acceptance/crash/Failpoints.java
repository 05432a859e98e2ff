package io.gantry.acceptance.crash;

import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.crash.woven.Rule;
import io.gantry.acceptance.crash.woven.Strike;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Where processes are to end, and which rules they are to break: files in a folder that each of them looks into. */
final class Failpoints {
    private final Path folder;
    private final AtomicInteger count = new AtomicInteger();

    private Failpoints(Path folder) {
        this.folder = folder;
    }

    static Failpoints in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("armed"));
        Files.createDirectories(folder.resolve("struck"));
        Files.createDirectories(folder.resolve(Rule.FOLDER));
        return new Failpoints(folder);
    }

    Path folder() {
        return folder;
    }

    /** From now on the first process that gets there is struck. */
    Armed arm(Strike strike) throws IOException {
        String name = Integer.toString(count.incrementAndGet());
        Path written = Files.writeString(folder.resolve(name), strike.text());
        Files.move(written, folder.resolve("armed").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return new Armed(folder, name);
    }

    /** Broken until it is mended. */
    Broken broken(Rule rule) throws IOException {
        return new Broken(Files.createFile(folder.resolve(Rule.FOLDER).resolve(rule.name())));
    }

    record Broken(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.delete(file);
        }
    }

    record Armed(Path folder, String name) {
        /** @return the process that was struck; empty if none was within this time */
        Optional<Long> strikeWithin(Duration patience) {
            try {
                return await("Strike")
                        .atMost(patience)
                        .pollInterval(Duration.ofMillis(50))
                        .until(this::struck, Optional::isPresent);
            } catch (ConditionTimeoutException never) {
                return Optional.empty();
            }
        }

        private Optional<Long> struck() throws IOException {
            try (Stream<Path> files = Files.list(folder.resolve("struck"))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(file -> file.startsWith(name + "."))
                        .map(file -> Long.valueOf(file.substring(name.length() + 1)))
                        .findFirst();
            }
        }

        void disarm() throws IOException {
            Files.deleteIfExists(folder.resolve("armed").resolve(name));
        }
    }
}
