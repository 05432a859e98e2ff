package io.gantry.bootstrapper.terminal;

import java.util.List;
import java.util.Locale;

/** Amounts of bytes, as short as people say them: {@code 12 KiB}, {@code 3.4 MiB}. */
public final class Sizes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int STEP = 1024;
    private static final int EXACT_BELOW = 10;

    private Sizes() {}

    public static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.size() - 1) {
            size /= STEP;
            unit++;
        }
        boolean exact = unit > 0 && size < EXACT_BELOW;
        return String.format(Locale.ROOT, exact ? "%.1f %s" : "%.0f %s", size, UNITS.get(unit));
    }
}
