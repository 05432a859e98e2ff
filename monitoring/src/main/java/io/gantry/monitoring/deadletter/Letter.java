package io.gantry.monitoring.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a dead letter.
 *
 * @param messageId what consumers know the message by; it stays the same when it is replayed
 * @param type what the message says it is, where the topic has several
 * @param sentAt when the message was written
 * @param failedAt when it was set aside
 * @param consumer the group that could not do with it; each group sets aside for itself
 * @param tries how often it was tried
 * @param size of the message in bytes
 * @param replayableUntil from then on consumers may have forgotten that they applied it; null: as long as nothing newer was said of its key
 * @param replayedAt when it was replayed last; null: never
 */
record Letter(
        LetterId id,
        String topic,
        @Nullable String key,
        String messageId,
        @Nullable String type,
        Instant sentAt,
        Instant failedAt,
        Reason reason,
        @Nullable String consumer,
        int tries,
        int size,
        @Nullable Instant replayableUntil,
        @Nullable Instant replayedAt) {
    /** The newest first. */
    static final Comparator<Letter> ORDER = Comparator.comparing(Letter::failedAt)
            .reversed()
            .thenComparing(letter -> letter.id().place(), Letter::byName)
            .thenComparing(letter -> letter.id().offset(), Comparator.reverseOrder());

    static Letter of(Envelope envelope) {
        Instant sentAt = envelope.sentAt();
        return new Letter(
                envelope.id(),
                envelope.topic().name(),
                envelope.key(),
                envelope.messageId(),
                Payload.typeIn(envelope.payload()),
                sentAt,
                envelope.failedAt(),
                envelope.reason(),
                envelope.consumer(),
                envelope.tries(),
                envelope.size(),
                envelope.topic().retention().time().map(sentAt::plus).orElse(null),
                null);
    }

    Letter replayed(@Nullable Instant at) {
        return new Letter(
                id, topic, key, messageId, type, sentAt, failedAt, reason, consumer, tries, size, replayableUntil, at);
    }

    /** Of letters that were set aside at the same instant, those of this place are shown before those of the other. */
    static int byName(TopicPartition one, TopicPartition other) {
        int topics = one.topic().compareTo(other.topic());
        return topics != 0 ? topics : Integer.compare(one.partition(), other.partition());
    }

    /** A letter with what is in it. */
    record Opened(@JsonUnwrapped Letter letter, Payload payload) {}
}
