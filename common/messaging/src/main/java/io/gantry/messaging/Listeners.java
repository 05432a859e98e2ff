package io.gantry.messaging;

/** How many messages a listener handles at a time, as its {@code concurrency}; where nothing is said, one. */
public final class Listeners {
    /** Messages of one key, which are in one partition, are still handled one after the other. */
    public static final String ONE_A_PARTITION = "${gantry.messaging.partitions:3}";

    private Listeners() {}
}
