package io.gantry.standalone;

import org.jspecify.annotations.Nullable;

/** Why the platform can't start here, in a sentence that says what to do about it. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(String sentence) {
        this(sentence, null);
    }

    CannotStart(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
