package io.gantry.monitoring.deadletter;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of a message, for people to look at.
 *
 * @param encoding {@code JSON}: the content is the message; {@code BASE64}: it is its bytes; {@code NONE}: it was empty
 * @param whole false: it is only the beginning
 */
record Payload(Encoding encoding, @Nullable Object content, boolean whole) {
    private static final int SHOWN = 64 << 10;

    private static final int LONGEST_TYPE = 100;

    enum Encoding {
        JSON,
        BASE64,
        NONE
    }

    /** How much is shown of what is long. */
    enum Extent {
        BEGINNING,
        FULL
    }

    static Payload of(Envelope envelope, Extent extent) {
        Payload kept = of(envelope.payload(), extent);
        return envelope.wasCut() ? kept.cut() : kept;
    }

    private static Payload of(byte @Nullable [] bytes, Extent extent) {
        if (bytes == null) {
            return new Payload(Encoding.NONE, null, true);
        }
        if (extent == Extent.BEGINNING && bytes.length > SHOWN) {
            return base64(Arrays.copyOf(bytes, SHOWN)).cut();
        }
        JsonNode json = json(bytes);
        return json == null ? base64(bytes) : new Payload(Encoding.JSON, json, true);
    }

    private Payload cut() {
        return new Payload(encoding, content, false);
    }

    private static Payload base64(byte[] bytes) {
        return new Payload(Encoding.BASE64, Base64.getEncoder().encodeToString(bytes), true);
    }

    /** What the message says it is. */
    static @Nullable String typeIn(byte @Nullable [] bytes) {
        JsonNode json = bytes == null || bytes.length > SHOWN ? null : json(bytes);
        JsonNode type = json == null ? null : json.get("type");
        return type == null || !type.isString() || type.asString().length() > LONGEST_TYPE ? null : type.asString();
    }

    private static @Nullable JsonNode json(byte[] bytes) {
        try {
            JsonNode json = JsonMapper.shared().readTree(bytes);
            return json.isMissingNode() ? null : json;
        } catch (JacksonException none) {
            return null;
        }
    }
}
