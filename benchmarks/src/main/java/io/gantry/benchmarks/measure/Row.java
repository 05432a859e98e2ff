package io.gantry.benchmarks.measure;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param ours what of Gantry's is compared to this series, which is then a peer's; none on Gantry's own lines
 * @param bar what was asked of Gantry here
 */
public record Row(
        Series series, @Nullable Series ours, @Nullable Bar bar) {
    public static Row of(Series series) {
        return new Row(series, null, null);
    }

    public static Row of(Series series, Bar bar) {
        return new Row(series, null, bar);
    }

    public static Row peer(Series peer, Series ours) {
        return new Row(peer, ours, null);
    }

    public static Row peer(Series peer, Series ours, Bar bar) {
        return new Row(peer, ours, bar);
    }
}
