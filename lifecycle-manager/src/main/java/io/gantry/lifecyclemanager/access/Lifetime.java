package io.gantry.lifecyclemanager.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a key is to be valid: {@code 12h}, {@code 90d}; an hour at least, ten years at most. */
record Lifetime(Duration value) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})([hd])");
    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(3653);

    Lifetime {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("A key is valid for 1h at least and 3653d at most");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Lifetime parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not how long a key may be valid: write 12h or 90d");
        }
        long count = Long.parseLong(matcher.group(1));
        return new Lifetime("h".equals(matcher.group(2)) ? Duration.ofHours(count) : Duration.ofDays(count));
    }
}
