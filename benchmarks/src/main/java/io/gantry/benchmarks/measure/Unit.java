package io.gantry.benchmarks.measure;

import java.util.Locale;

/** What a series counts in. */
public enum Unit {
    MILLISECONDS("ms"),
    SECONDS("s"),
    PER_SECOND("/s"),
    MEGABYTES_PER_SECOND("MB/s"),
    MEBIBYTES("MiB"),
    PERCENT("%"),
    COUNT("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Three digits that say something, and the unit: {@code 0.24 ms}, {@code 8.80 /s}, {@code 1,002,311 /s}. */
    public String format(double value) {
        String number = String.format(Locale.ROOT, "%,." + decimals(value) + "f", value);
        return symbol.isEmpty() ? number : number + " " + symbol;
    }

    private int decimals(double value) {
        if (this == COUNT || value >= 100) {
            return 0;
        }
        if (value >= 10) {
            return 1;
        }
        return value >= 1 || value <= 0 ? 2 : 1 - (int) Math.floor(Math.log10(value));
    }
}
