package io.gantry.benchmarks.measure;

/** One quantity, measured again and again. */
public sealed interface Series permits Samples, Latencies {
    /** Who did what, from where to where: {@code Gantry: POST to start event}. */
    String name();

    Unit unit();

    long count();

    /** @param quantile from 0 to 1 */
    double at(double quantile);

    default double median() {
        return at(0.5);
    }

    /** How many times {@code peer} this series is. */
    default double ratioTo(Series peer, double quantile) {
        return at(quantile) / peer.at(quantile);
    }

    default String format(double quantile) {
        return unit().format(at(quantile));
    }
}
