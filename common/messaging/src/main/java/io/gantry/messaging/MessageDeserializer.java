package io.gantry.messaging;

import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads a record's value as the family of its topic. */
final class MessageDeserializer implements Deserializer<Object> {
    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
        return Codec.decode(topic, bytes);
    }
}
