package io.gantry.scheduler.deployment;

import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What tells that a request is one that was made before: who was not answered makes it again, with the same key. */
public final class IdempotencyKey {
    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    private IdempotencyKey() {}

    /** @throws ProblemException 400 for one that is blank or too long */
    public static @Nullable String checked(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST)) {
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER",
                    "An Idempotency-Key has 1 to %d characters.".formatted(LONGEST),
                    new FieldProblem(HEADER, "has 1 to %d characters".formatted(LONGEST)));
        }
        return key;
    }

    /** @param what it was used for, {@code deployment 1234} */
    public static ProblemException reused(String what) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "IDEMPOTENCY_KEY_REUSED",
                "This Idempotency-Key was used for another request, %s.".formatted(what));
    }
}
