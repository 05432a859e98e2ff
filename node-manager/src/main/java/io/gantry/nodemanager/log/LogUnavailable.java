package io.gantry.nodemanager.log;

import org.jspecify.annotations.Nullable;

/** An instance's log can't be read. The message is a sentence that says why. */
final class LogUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    enum Reason {
        /** It will not be there later either. */
        GONE,
        /** Its engine does not give it now. */
        AWAY,
        /** As many are read as can be. */
        TOO_MANY
    }

    LogUnavailable(String sentence, Reason reason, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
