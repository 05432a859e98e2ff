package io.gantry.bootstrapper.terminal;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time, as short as people say them. */
public final class Ages {
    private Ages() {}

    /** One unit is enough: {@code 45s}, {@code 12m}, {@code 3h}, {@code 5d}. */
    public static String rough(Duration age) {
        if (age.toMinutes() < 1) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + "m";
        }
        return age.toDays() < 1 ? age.toHours() + "h" : age.toDays() + "d";
    }

    /** For something that was waited for: {@code 0.4s}, {@code 12.3s}, {@code 2m 5s}. */
    public static String exact(Duration elapsed) {
        return elapsed.toMinutes() < 1
                ? String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0)
                : "%dm %ds".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
