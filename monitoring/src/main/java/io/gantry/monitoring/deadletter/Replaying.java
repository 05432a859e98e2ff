package io.gantry.monitoring.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.topic.MessageHeaders;
import io.gantry.contract.topic.Topic;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Sends a dead letter once more to the topic that it came from, as the message it was: who has applied it passes it over. It does
 * not go through the outbox: that gives every message an id of its own, and here nothing is decided that the message would have to fit.
 */
@Component
class Replaying {
    private static final Logger log = LoggerFactory.getLogger(Replaying.class);
    private static final List<String> KEPT = List.of(MessageHeaders.CAUSATION_ID, MessageHeaders.TRACE_PARENT);

    private final DeadLetters letters;
    private final Replays replays;
    private final KafkaTemplate<String, Object> kafka;
    private final InstantSource clock;

    /** Where a letter went. */
    record Replayed(LetterId id, String topic, int partition, long offset, String messageId, Instant replayedAt) {}

    Replaying(
            DeadLetters letters,
            Replays replays,
            @Qualifier("deadLetterKafka") KafkaTemplate<String, Object> kafka,
            InstantSource clock) {
        this.letters = letters;
        this.replays = replays;
        this.kafka = kafka;
        this.clock = clock;
    }

    /** @throws ProblemException if there is no such letter, or replaying it would do harm */
    Replayed replay(LetterId id) {
        Envelope envelope = letters.find(id);
        refuseIfHarmful(envelope);
        RecordMetadata sent = send(envelope);
        Instant now = clock.instant();
        replays.note(Letter.of(envelope), now);
        log.info("Dead letter {} was replayed: {}", id, sent);
        return new Replayed(id, sent.topic(), sent.partition(), sent.offset(), envelope.messageId(), now);
    }

    private void refuseIfHarmful(Envelope envelope) {
        if (envelope.wasCut()) {
            throw refusal("CUT", "Only the beginning of the message was kept: it was too large.");
        }
        Letter letter = Letter.of(envelope);
        Instant until = letter.replayableUntil();
        if (until != null && clock.instant().isAfter(until)) {
            throw refusal(
                    "TOO_OLD",
                    "It was sent at %s: who applied it may have forgotten that, and would apply it again. Ask for anew what it asked for."
                            .formatted(letter.sentAt()));
        }
        if (envelope.topic().retention() == Topic.Retention.COMPACTED && letters.isSuperseded(envelope)) {
            throw refusal(
                    "SUPERSEDED",
                    "%s has told something newer of %s: replayed, the old would take its place."
                            .formatted(envelope.topic().name(), envelope.key()));
        }
    }

    private static ProblemException refusal(String code, String detail) {
        return new ProblemException(HttpStatus.CONFLICT, code, detail);
    }

    private RecordMetadata send(Envelope envelope) {
        try {
            return kafka.send(message(envelope)).join().getRecordMetadata();
        } catch (KafkaException | org.springframework.kafka.KafkaException | CompletionException failed) {
            // It may have got there all the same; that it is not noted as replayed does no harm.
            log.warn("Dead letter {} could not be replayed", envelope.id(), failed);
            throw DeadLetters.unavailable();
        }
    }

    private static ProducerRecord<String, Object> message(Envelope envelope) {
        var message = new ProducerRecord<String, Object>(envelope.topic().name(), envelope.key(), envelope.payload());
        header(message, MessageHeaders.MESSAGE_ID, envelope.messageId());
        header(message, MessageHeaders.SENT_AT, envelope.sentAt().toString());
        for (String name : KEPT) {
            String value = envelope.text(name);
            if (value != null) {
                header(message, name, value);
            }
        }
        return message;
    }

    private static void header(ProducerRecord<String, Object> message, String name, String value) {
        message.headers().add(name, value.getBytes(UTF_8));
    }
}
