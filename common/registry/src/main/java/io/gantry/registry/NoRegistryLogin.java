package io.gantry.registry;

import org.jspecify.annotations.Nullable;

/** There is no login for a container registry. Its sentence says why, and what to do; there is no secret in it. */
public final class NoRegistryLogin extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** Nobody says who we are: this machine has no such identity, or whoever tells does not answer. */
        NO_IDENTITY,
        /** The registry does not let that identity in. */
        NOT_LET_IN,
        /** The registry does not answer, is broken, or wants to be asked later. */
        AWAY
    }

    private final Reason reason;

    NoRegistryLogin(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
