package io.gantry.monitoring.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.topic.MessageHeaders;
import io.gantry.contract.topic.Topic;
import io.gantry.contract.topic.Topics;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.serializer.DeserializationException;

/**
 * A dead letter as it lies on its topic: the message, and around it what is known of how it came there. Anybody may write there, so
 * each header may be missing, or be something else than it should.
 */
record Envelope(Topic topic, ConsumerRecord<String, byte[]> record) {
    /** @param record of some topic's dead letters */
    static Envelope of(ConsumerRecord<String, byte[]> record) {
        Topic topic = Topics.CATALOGUE.stream()
                .filter(one -> one.deadLetters().equals(record.topic()))
                .findFirst()
                .orElseThrow();
        return new Envelope(topic, record);
    }

    LetterId id() {
        return new LetterId(topic, record.partition(), record.offset());
    }

    @Nullable
    String key() {
        return record.key();
    }

    byte @Nullable [] payload() {
        return record.value();
    }

    /** In bytes, as it was sent. */
    int size() {
        byte[] payload = payload();
        return wasCut() ? (int) number(text(MessageHeaders.CUT_FROM)) : payload == null ? 0 : payload.length;
    }

    boolean wasCut() {
        return text(MessageHeaders.CUT_FROM) != null;
    }

    /** What consumers know it by. */
    String messageId() {
        String id = text(MessageHeaders.MESSAGE_ID);
        return id != null ? id : MessageHeaders.idByPlace(topic.name(), originalPartition(), originalOffset());
    }

    /** When it was written, or, if it does not say, when it came to its topic. */
    Instant sentAt() {
        String said = text(MessageHeaders.SENT_AT);
        try {
            return said == null ? arrivedAt() : Instant.parse(said);
        } catch (DateTimeException noTime) {
            return arrivedAt();
        }
    }

    private Instant arrivedAt() {
        return Instant.ofEpochMilli(number(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, record.timestamp()));
    }

    Instant failedAt() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    int originalPartition() {
        return (int) number(KafkaHeaders.DLT_ORIGINAL_PARTITION, record.partition());
    }

    long originalOffset() {
        return number(KafkaHeaders.DLT_ORIGINAL_OFFSET, record.offset());
    }

    /** The group of the consumer that could not do with it. */
    @Nullable
    String consumer() {
        return text(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP);
    }

    /** What can't be read is not tried twice. */
    int tries() {
        return (int) number(KafkaHeaders.DELIVERY_ATTEMPT, 1);
    }

    Reason reason() {
        String exception = text(KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN);
        String message = text(KafkaHeaders.DLT_EXCEPTION_MESSAGE);
        boolean unreadable = DeserializationException.class.getName().equals(text(KafkaHeaders.DLT_EXCEPTION_FQCN));
        return new Reason(
                unreadable ? Reason.Code.UNREADABLE : Reason.Code.NOT_HANDLED,
                message == null ? "It does not say why." : message,
                exception);
    }

    /** Whether a record of the topic that this one was sent to is this message, as it was sent or replayed. */
    boolean isIn(ConsumerRecord<String, byte[]> other) {
        return other.offset() == originalOffset()
                || messageId().equals(new Envelope(topic, other).text(MessageHeaders.MESSAGE_ID));
    }

    @Nullable
    String text(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private long number(String name, long otherwise) {
        Header header = record.headers().lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return switch (value == null ? 0 : value.length) {
            case Integer.BYTES -> ByteBuffer.wrap(value).getInt();
            case Long.BYTES -> ByteBuffer.wrap(value).getLong();
            default -> otherwise;
        };
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
    }
}
