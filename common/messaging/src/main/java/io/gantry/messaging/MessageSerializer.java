package io.gantry.messaging;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes bytes as they are (the outbox and the dead letters hold them already) and messages as JSON. */
final class MessageSerializer implements Serializer<Object> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case byte[] bytes -> bytes;
            default -> Codec.encode(value);
        };
    }
}
