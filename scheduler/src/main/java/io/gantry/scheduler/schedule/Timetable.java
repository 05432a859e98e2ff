package io.gantry.scheduler.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a schedule comes due. */
sealed interface Timetable {
    /** The first instant after the given one. */
    Optional<Instant> next(Instant after);

    /** Once. */
    record At(Instant instant) implements Timetable {
        @Override
        public Optional<Instant> next(Instant after) {
            return instant.isAfter(after) ? Optional.of(instant) : Optional.empty();
        }
    }

    /** Again and again, by the clock on the wall of some place. */
    record Repeated(Cron cron) implements Timetable {
        @Override
        public Optional<Instant> next(Instant after) {
            return cron.next(after);
        }
    }

    default List<Instant> next(Instant after, int count) {
        return Stream.iterate(next(after), Optional::isPresent, due -> due.flatMap(this::next))
                .flatMap(Optional::stream)
                .limit(count)
                .toList();
    }
}
