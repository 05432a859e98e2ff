package io.gantry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.topic.MessageHeaders;
import io.gantry.contract.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Writes a dead letter: the message as it came, byte for byte, and the reason in its headers. Whatever a topic takes, its dead
 * letters take too, or the message would be in the way for ever. As long as they can't be written, the message stays where it
 * is, and those behind it wait.
 */
final class SettingAside extends DeadLetterPublishingRecoverer {
    /** A topic takes 1 MiB of what is packed, which may be much more when it is unpacked. */
    static final int LARGEST_RECORD = 16 << 20;

    /** Of what is larger the beginning is kept. */
    private static final int LARGEST_PAYLOAD = 15 << 20;

    private static final int BEGINNING = 64 << 10;
    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_TRACE = 16_000;

    SettingAside(KafkaTemplate<String, Object> kafka) {
        super(
                kafka,
                (record, failure) ->
                        new TopicPartition(Topics.named(record.topic()).deadLetters(), 0));
        setExceptionHeadersCreator(SettingAside::tellWhy);
        setLogRecoveryRecord(true);
    }

    @Override
    protected ProducerRecord<Object, Object> createProducerRecord(
            ConsumerRecord<?, ?> record,
            TopicPartition destination,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        Header bytes = record.headers().lastHeader(MessageDeserializer.BYTES);
        byte[] payload = bytes == null ? value : bytes.value();
        headers.remove(MessageDeserializer.BYTES).remove(MessageHeaders.CUT_FROM);
        return new ProducerRecord<>(
                destination.topic(), destination.partition(), record.key(), bounded(payload, headers), headers);
    }

    /** A message that its topic did not take: no consumer has seen it. */
    static ProducerRecord<String, Object> unsent(ProducerRecord<String, Object> message, RuntimeException why) {
        // Those of a message that was sent can't be added to any more.
        Headers headers = new RecordHeaders(message.headers());
        byte[] payload = bounded((byte[]) message.value(), headers);
        text(headers, KafkaHeaders.DLT_EXCEPTION_FQCN, why.getClass().getName());
        text(headers, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN, why.getClass().getName());
        text(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE, start(String.valueOf(why.getMessage()), LONGEST_MESSAGE));
        return new ProducerRecord<>(Topics.named(message.topic()).deadLetters(), 0, message.key(), payload, headers);
    }

    private static byte @Nullable [] bounded(byte @Nullable [] payload, Headers headers) {
        if (payload == null || payload.length <= LARGEST_PAYLOAD) {
            return payload;
        }
        headers.add(MessageHeaders.CUT_FROM, Integer.toString(payload.length).getBytes(UTF_8));
        return Arrays.copyOf(payload, BEGINNING);
    }

    /** What the framework says around it (which method, which record) stands elsewhere; what counts is what went wrong inside. */
    private static void tellWhy(Headers headers, Exception failure, boolean isKey, HeaderNames names) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        HeaderNames.ExceptionInfo header = names.getExceptionInfo();
        text(headers, header.getExceptionFqcn(), failure.getClass().getName());
        text(headers, header.getExceptionCauseFqcn(), cause.getClass().getName());
        text(headers, header.getExceptionMessage(), start(String.valueOf(cause.getMessage()), LONGEST_MESSAGE));
        text(headers, header.getExceptionStacktrace(), start(traceOf(failure), LONGEST_TRACE));
    }

    private static void text(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }

    private static String start(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private static String traceOf(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
