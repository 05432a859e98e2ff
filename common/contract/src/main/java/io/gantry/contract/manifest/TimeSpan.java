package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time of at least a millisecond; written as {@code 500ms}, {@code 10s}, {@code 2m} or {@code 1h}. */
public record TimeSpan(Duration value) {
    /** What the text form may be. */
    public static final String GRAMMAR = "([0-9]{1,9})(ms|s|m|h)";

    private static final Pattern TEXT = Pattern.compile(GRAMMAR);

    public TimeSpan {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException("A time span is at least 1ms");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TimeSpan parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a time span: write 500ms, 10s, 2m or 1h");
        }
        long count = Long.parseLong(matcher.group(1));
        return new TimeSpan(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    public static TimeSpan seconds(long count) {
        return new TimeSpan(Duration.ofSeconds(count));
    }

    @JsonValue
    @Override
    public String toString() {
        long millis = value.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
