package io.gantry.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells on the terminal what is up, and after how long. */
final class Progress {
    private final PrintStream out;
    private final LongSupplier nanos;
    private final long began;

    Progress(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    void up(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), what);
    }

    double seconds() {
        return (nanos.getAsLong() - began) / 1e9;
    }
}
