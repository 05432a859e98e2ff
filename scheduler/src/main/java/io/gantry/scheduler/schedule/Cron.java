package io.gantry.scheduler.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.scheduling.support.CronExpression;

/**
 * A cron expression of five fields (minute, hour, day of month, month, day of week) or a name ({@code @hourly}, {@code @daily},
 * {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly}, {@code @annually}) by the clock of a zone. As in every
 * cron, a day fits if the day of month or the day of week does, where both are given.
 *
 * <p>When clocks change: with {@code *} as its hour an expression follows the time that passes, so nothing is left out or done
 * twice. Otherwise it follows the clock on the wall: a time that is skipped is due once, at the moment clocks jump over it; a time
 * that comes twice is due the first time only.
 */
final class Cron {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int FIELDS = 5;
    private static final int HOUR = 1;
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    private final List<CronExpression> expressions;
    private final boolean everyHour;
    private final ZoneRules rules;

    private Cron(List<CronExpression> expressions, boolean everyHour, ZoneRules rules) {
        this.expressions = expressions;
        this.everyHour = everyHour;
        this.rules = rules;
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static Cron parse(String text, ZoneId zone) {
        String stripped = text.strip();
        if (stripped.startsWith("@")) {
            return new Cron(List.of(CronExpression.parse(stripped)), stripped.equals("@hourly"), zone.getRules());
        }
        List<String> fields = List.of(SPACE.split(stripped, -1));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "A cron expression has five fields: minute, hour, day of month, month, day of week");
        }
        return new Cron(expressions(fields), fields.get(HOUR).equals("*"), zone.getRules());
    }

    private static List<CronExpression> expressions(List<String> fields) {
        boolean eitherDay = isGiven(fields.get(DAY_OF_MONTH)) && isGiven(fields.get(DAY_OF_WEEK));
        return eitherDay
                ? List.of(expression(with(fields, DAY_OF_WEEK)), expression(with(fields, DAY_OF_MONTH)))
                : List.of(expression(fields));
    }

    private static boolean isGiven(String day) {
        return !day.startsWith("*") && !day.equals("?");
    }

    private static List<String> with(List<String> fields, int any) {
        return IntStream.range(0, fields.size())
                .mapToObj(i -> i == any ? "*" : fields.get(i))
                .toList();
    }

    private static CronExpression expression(List<String> fields) {
        return CronExpression.parse("0 " + String.join(" ", fields));
    }

    /** The first instant after the given one; none if there never is one. */
    Optional<Instant> next(Instant after) {
        return everyHour ? byTimeThatPasses(after) : byClockOnTheWall(after);
    }

    private Optional<Instant> byTimeThatPasses(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime from = LocalDateTime.ofInstant(after, offset);
        ZoneOffsetTransition change = rules.nextTransition(after);
        Optional<Instant> due = nextOnClock(from, offset);
        while (change != null && due.isPresent() && !due.get().isBefore(change.getInstant())) {
            from = change.getDateTimeAfter().minusSeconds(1);
            due = nextOnClock(from, change.getOffsetAfter());
            change = rules.nextTransition(change.getInstant());
        }
        return due;
    }

    private Optional<Instant> nextOnClock(LocalDateTime after, ZoneOffset offset) {
        return nextOnClock(after).map(local -> local.toInstant(offset));
    }

    private Optional<Instant> byClockOnTheWall(Instant after) {
        Optional<LocalDateTime> local = nextOnClock(LocalDateTime.ofInstant(after, rules.getOffset(after)));
        while (local.isPresent() && !instantOf(local.get()).isAfter(after)) {
            local = nextOnClock(local.get());
        }
        return local.map(this::instantOf);
    }

    private Instant instantOf(LocalDateTime local) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return offsets.isEmpty() ? rules.getTransition(local).getInstant() : local.toInstant(offsets.getFirst());
    }

    private Optional<LocalDateTime> nextOnClock(LocalDateTime after) {
        return expressions.stream()
                .flatMap(expression -> Optional.ofNullable(expression.next(after)).stream())
                .min(Comparator.naturalOrder());
    }
}
