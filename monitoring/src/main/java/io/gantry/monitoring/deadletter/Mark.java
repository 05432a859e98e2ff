package io.gantry.monitoring.deadletter;

import java.time.Instant;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The last letter of its place that people know of: they were told, or saw it. Known by its time too: in a Kafka that was made
 * anew, places begin again.
 */
record Mark(TopicPartition place, long offset, Instant failedAt) {
    static Mark of(Letter letter) {
        return new Mark(letter.id().place(), letter.id().offset(), letter.failedAt());
    }

    /**
     * Where begins what people don't know.
     *
     * @param found the first letter that is not older than this one; letters of one instant are told apart by their offsets
     */
    long next(@Nullable OffsetAndTimestamp found) {
        if (found == null) {
            return Long.MAX_VALUE;
        }
        boolean isOfThisInstant = found.timestamp() == failedAt.toEpochMilli();
        return isOfThisInstant ? Math.max(found.offset(), offset + 1) : found.offset();
    }
}
