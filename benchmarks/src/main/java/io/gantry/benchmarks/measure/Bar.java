package io.gantry.benchmarks.measure;

import java.util.Locale;

/**
 * What was asked of a figure, and whether it came about.
 *
 * @param asked in words: {@code at most 1.50x (aim 1.15x)}
 */
public record Bar(String asked, boolean met) {
    public static Bar ratioAtMost(double limit, Series ours, Series peer) {
        return new Bar("at most " + times(limit), ours.ratioTo(peer, 0.5) <= limit);
    }

    public static Bar ratioAtLeast(double limit, Series ours, Series peer) {
        return new Bar("at least " + times(limit), ours.ratioTo(peer, 0.5) >= limit);
    }

    public static Bar atMost(double limit, Series ours) {
        return new Bar("at most " + ours.unit().format(limit), ours.median() <= limit);
    }

    public static Bar atLeast(double limit, Series ours) {
        return new Bar("at least " + ours.unit().format(limit), ours.median() >= limit);
    }

    /** Every sample, not the median alone. */
    public static Bar always(double value, Series ours) {
        return new Bar("always " + ours.unit().format(value), ours.at(0) == value && ours.at(1) == value);
    }

    public static Bar p99AtMost(double limit, Series ours) {
        return new Bar("p99 at most " + ours.unit().format(limit), ours.at(0.99) <= limit);
    }

    public static Bar p99AtMostAbove(double excess, Series ours, Series peer) {
        return new Bar(
                "p99 at most %s above".formatted(ours.unit().format(excess)), ours.at(0.99) - peer.at(0.99) <= excess);
    }

    /** @param aim what would be better still, in the words of the bar */
    public Bar aiming(String aim) {
        return new Bar("%s (aim %s)".formatted(asked, aim), met);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2fx", ratio);
    }
}
