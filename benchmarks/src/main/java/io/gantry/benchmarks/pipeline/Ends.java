package io.gantry.benchmarks.pipeline;

import io.gantry.benchmarks.measure.Latencies;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** When requests were due and when each was over, in whichever order that becomes known. */
final class Ends {
    private static final String GOOD = "SUCCEEDED";

    private final Map<String, Long> due = new HashMap<>();
    private final Map<String, Long> over = new HashMap<>();
    private final Map<Long, Integer> eachSecond = new TreeMap<>();
    private final Histogram nanos = Latencies.recorder();
    private int refused;
    private int failed;
    private int twice;

    /** @param dueAt by {@link System#nanoTime()} */
    synchronized void accepted(String token, long dueAt) {
        due.put(token, dueAt);
        match(token);
    }

    synchronized void refused() {
        refused++;
    }

    synchronized void over(String token, String state, long at) {
        if (over.putIfAbsent(token, at) != null) {
            twice++;
            return;
        }
        if (!state.equals(GOOD)) {
            failed++;
        }
        match(token);
    }

    private void match(String token) {
        Long began = due.get(token);
        Long ended = over.get(token);
        if (began != null && ended != null) {
            nanos.recordValue(Math.max(0, ended - began));
            eachSecond.merge(TimeUnit.NANOSECONDS.toSeconds(ended), 1, Integer::sum);
        }
    }

    synchronized boolean areAll(int requests) {
        return nanos.getTotalCount() + refused >= requests;
    }

    synchronized Histogram nanos() {
        return nanos.copy();
    }

    /** How many were over in each second, the first and the last of which are not whole. */
    synchronized Map<Long, Integer> eachSecond() {
        return new TreeMap<>(eachSecond);
    }

    /** Refused, or over with another state than the good one. */
    synchronized int bad() {
        return refused + failed;
    }

    synchronized int twice() {
        return twice;
    }
}
