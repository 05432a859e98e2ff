package io.gantry.messaging;

import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Messages that are more than a topic takes. They are packed: texts then take a fraction. One that is too large even so is set
 * aside, or it would be in the way of everything that its service has to say after it.
 */
final class LargeMessages {
    private static final Logger log = LoggerFactory.getLogger(LargeMessages.class);
    /** A topic takes 1 MiB, key and headers included. */
    private static final int LARGE = 768 << 10;

    private final KafkaTemplate<String, Object> packing;

    /** @param packing takes records of {@link SettingAside#LARGEST_RECORD}, and packs them */
    LargeMessages(KafkaTemplate<String, Object> packing) {
        this.packing = packing;
    }

    static boolean isLarge(byte @Nullable [] payload) {
        return payload != null && payload.length > LARGE;
    }

    /** Returns when Kafka has it, on its topic or among that topic's dead letters. */
    void send(ProducerRecord<String, Object> message) {
        try {
            packing.send(message).join();
        } catch (KafkaException | CompletionException failed) {
            RecordTooLargeException tooLarge = tooLarge(failed);
            if (tooLarge == null) {
                throw failed;
            }
            setAside(message, tooLarge);
        }
    }

    private static @Nullable RecordTooLargeException tooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException found) {
                return found;
            }
        }
        return null;
    }

    private void setAside(ProducerRecord<String, Object> message, RecordTooLargeException tooLarge) {
        log.error(
                "A message for {} is set aside, nobody gets it: {} (key {})",
                message.topic(),
                tooLarge.getMessage(),
                message.key());
        packing.send(SettingAside.unsent(message, tooLarge)).join();
    }
}
