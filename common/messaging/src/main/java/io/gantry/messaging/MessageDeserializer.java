package io.gantry.messaging;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads a record's value as the family of its topic. */
final class MessageDeserializer implements Deserializer<Object> {
    /** Keeps the record's bytes while it is handled: what may become a dead letter is set aside as it came. */
    static final String BYTES = "gantry-bytes";

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
        headers.remove(BYTES).add(BYTES, bytes);
        return deserialize(topic, bytes);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
        return Codec.decode(topic, bytes);
    }
}
