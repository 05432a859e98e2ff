package io.gantry.messaging;

import io.gantry.contract.topic.Topics;
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
        Class<?> family = Topics.named(topic).family();
        try {
            return JSON.readValue(bytes, family);
        } catch (JacksonException e) {
            throw new SerializationException(
                    "Not a " + family.getSimpleName() + " on " + topic + ": " + e.getOriginalMessage(), e);
        }
    }
}
