package io.gantry.messaging;

import org.jspecify.annotations.Nullable;

/**
 * The message that this thread is handling, so that what it causes can name its cause.
 *
 * @param traceParent W3C trace context of the sender
 */
record CurrentMessage(String id, @Nullable String traceParent) {
    static final ScopedValue<CurrentMessage> SCOPE = ScopedValue.newInstance();

    static @Nullable CurrentMessage get() {
        return SCOPE.isBound() ? SCOPE.get() : null;
    }
}
