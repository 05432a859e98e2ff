package io.gantry.benchmarks.timers;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Which timers have fired, and how late. */
final class Firings {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Plan plan;
    private final Instant begin;
    private final BitSet fired = new BitSet();
    private final Histogram late = Latencies.recorder();
    private int early;
    private int twice;

    /** @param begin when the first one is due */
    Firings(Plan plan, Instant begin) {
        this.plan = plan;
        this.begin = begin;
    }

    synchronized void fired(int number, Instant at) {
        if (fired.get(number)) {
            twice++;
            return;
        }
        fired.set(number);
        long nanos = Duration.between(plan.dueAt(begin, number), at).toNanos();
        if (number >= plan.due() || nanos < 0) {
            early++;
        } else {
            late.recordValue(Math.min(nanos, late.getHighestTrackableValue()));
        }
    }

    /** One that nobody can tell which timer it came of. */
    synchronized void stray() {
        twice++;
    }

    synchronized boolean areAll() {
        return fired.cardinality() >= plan.due();
    }

    synchronized Latencies late(String who) {
        return new Latencies(who + ": late by", late.copy());
    }

    /** The most that one was late, and what must not be at all. */
    synchronized List<Row> rest(String who, double mostMillis) {
        Samples most = Samples.of(who + ": late at the most", Unit.MILLISECONDS, late.getMaxValue() / NANOS_PER_MILLI);
        List<Row> rows = new ArrayList<>(List.of(Row.of(most, Bar.atMost(mostMillis, most))));
        rows.addAll(faults(who));
        return rows;
    }

    private List<Row> faults(String who) {
        return List.of(
                none(who + ": early", early),
                none(who + ": twice", twice),
                none(who + ": missing", plan.due() - fired.cardinality()));
    }

    private static Row none(String what, int count) {
        Samples counted = Samples.of(what, Unit.COUNT, count);
        return Row.of(counted, Bar.always(0, counted));
    }
}
