package io.gantry.remote;

import org.jspecify.annotations.Nullable;

/** A machine, or the Docker Engine on it, can't be used now. The message is a sentence that names it. */
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way; only some of it mends itself. */
    public enum Reason {
        /** Nothing listens there. */
        REFUSED,
        /** No answer in time. */
        TIMED_OUT,
        /** The host's name has no address. */
        UNKNOWN_HOST,
        /** Another machine answers, or the same one was set up anew: nobody may connect until a person has looked. */
        HOST_KEY_CHANGED,
        /** The machine does not let our key in. */
        KEY_REFUSED,
        /** The machine is there, its Docker Engine is not. */
        NO_ENGINE,
        /** The engine speaks no version of the API that we speak. */
        API_VERSION,
        /** All connections are in use. */
        BUSY,
        /** The connection broke during the call, which may or may not have had its effect. */
        LOST
    }

    private final Reason reason;

    Unreachable(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The same, for someone else who waited for the same try. */
    Unreachable again() {
        return new Unreachable(reason, String.valueOf(getMessage()), this);
    }
}
