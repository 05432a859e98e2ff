package io.gantry.benchmarks.hop;

/** A way for messages from a sender to a listener. */
interface Hop extends AutoCloseable {
    /** @param message its number; any thread may send */
    void send(int message);

    /** Who is told from now on of what arrives. */
    void deliverTo(Arrivals arrivals);

    @Override
    void close();
}
