package io.gantry.monitoring.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Why a message was set aside.
 *
 * @param message what the exception said
 * @param exception the name of its class
 */
record Reason(Code code, String message, @Nullable String exception) {
    enum Code {
        /** It is no message of its topic; every consumer of the topic sets it aside. */
        UNREADABLE,
        /** The consumer read it, and failed each time it tried. */
        NOT_HANDLED
    }
}
