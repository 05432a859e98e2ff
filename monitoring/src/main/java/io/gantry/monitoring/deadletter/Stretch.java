package io.gantry.monitoring.deadletter;

import org.apache.kafka.common.TopicPartition;

/**
 * Some records of a topic, one after the other.
 *
 * @param from the offset of the first
 * @param to the offset after the last; there are none if it is not greater
 */
record Stretch(TopicPartition place, long from, long to) {
    boolean isEmpty() {
        return to <= from;
    }

    long size() {
        return to - from;
    }

    boolean holds(long offset) {
        return offset >= from && offset < to;
    }

    Stretch onlyOne(long offset) {
        return new Stretch(place, offset, offset + 1);
    }

    Stretch notBefore(long offset) {
        return new Stretch(place, Math.max(from, offset), to);
    }

    Stretch until(long limit) {
        return new Stretch(place, from, Math.min(to, limit));
    }

    Stretch last(int count) {
        return notBefore(to - count);
    }
}
