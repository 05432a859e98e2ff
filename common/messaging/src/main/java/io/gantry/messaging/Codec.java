package io.gantry.messaging;

import io.gantry.contract.topic.Topic;
import io.gantry.contract.topic.Topics;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages to JSON and back. The type to read comes from the catalogue of topics, never from the wire; fields it does
 * not know are ignored, so that an older reader understands a newer writer.
 */
final class Codec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Codec() {}

    static byte[] encode(Object message) {
        return JSON.writeValueAsBytes(message);
    }

    /** @throws SerializationException if these bytes are no message of the topic's family */
    static @Nullable Object decode(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        Topic known = Topics.named(topic);
        try {
            Object message = JSON.readValue(bytes, known.family());
            if (message == null) {
                throw unreadable(known, "it is null", null);
            }
            return message;
        } catch (JacksonException e) {
            throw unreadable(known, e.getOriginalMessage() + place(e), e);
        }
    }

    private static String place(JacksonException e) {
        String path = e.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() != null ? step.getPropertyName() : step.getIndex()))
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : " (at " + path + ")";
    }

    private static SerializationException unreadable(Topic topic, String why, @Nullable Throwable cause) {
        return new SerializationException(
                "Not a " + topic.family().getSimpleName() + " on " + topic.name() + ": " + why, cause);
    }
}
