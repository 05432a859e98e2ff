package io.gantry.contract.topic;

/** Names of the headers that every message carries. Values are UTF-8 text. */
public final class MessageHeaders {
    /** Unique for ever; what a consumer drops duplicates by. */
    public static final String MESSAGE_ID = "gantry-message-id";
    /** The id of the message that was being handled when this one was written; absent where a person asked. */
    public static final String CAUSATION_ID = "gantry-causation-id";
    /** When it was written, RFC 3339. */
    public static final String SENT_AT = "gantry-sent-at";
    /** W3C trace context. */
    public static final String TRACE_PARENT = "traceparent";

    /** Of a dead letter that could not be kept whole: how many bytes the message had. */
    public static final String CUT_FROM = "gantry-cut-from";

    private MessageHeaders() {}

    /** What stands for the id of a message that carries none. */
    public static String idByPlace(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }
}
