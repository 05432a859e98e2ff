package io.gantry.acceptance.crash.woven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a process is struck. Written as one line for each of these.
 *
 * @param subject found in what the thread is about
 * @param moment {@code BEFORE} or {@code AFTER}
 * @param nth time that the place is reached, from 1
 */
public record Strike(String service, Pattern subject, String place, String moment, int nth, How how) {
    public enum How {
        /** It ends at once. */
        KILL,
        /** It stands still, as a whole, until it is let go on. */
        FREEZE,
        /** Its connection to the database is cut in the middle of the commit that it is at. */
        CUT
    }

    public String text() {
        return String.join("\n", service, subject.pattern(), place, moment, Integer.toString(nth), how.name());
    }

    /** @return none if somebody has taken it meanwhile */
    static @Nullable Strike read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            return new Strike(
                    lines.get(0),
                    Pattern.compile(lines.get(1)),
                    lines.get(2),
                    lines.get(3),
                    Integer.parseInt(lines.get(4)),
                    How.valueOf(lines.get(5)));
        } catch (NoSuchFileException taken) {
            return null;
        }
    }

    boolean isAt(String thisService, String thisPlace, String thisMoment, String thisSubject) {
        return service.equals(thisService)
                && place.equals(thisPlace)
                && moment.equals(thisMoment)
                && subject.matcher(thisSubject).find();
    }

    /** Of several who are there at a time, one gets it; its process is noted. */
    Optional<Strike> takenFrom(Path file, Path struck) throws IOException {
        Path mine = struck.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(this);
        } catch (NoSuchFileException taken) {
            return Optional.empty();
        }
    }
}
