package io.gantry.access;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.web.ProblemException;
import org.springframework.http.HttpStatus;

/** Why somebody was not let in. Says nothing of which keys there are: only who holds one learns that it has expired. */
final class Refusal extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    private Refusal(HttpStatus status, String code, String reason, String detail) {
        super(status, code, detail);
        this.reason = reason;
    }

    static Refusal missing() {
        return unauthenticated(
                "missing", "This fleet wants an API key: send it as \"Authorization: Bearer gantry_...\".");
    }

    static Refusal unknown() {
        return unauthenticated(
                "unknown", "There is no such API key, or it was revoked: ask an operator of the fleet for another.");
    }

    static Refusal expired(ApiKey key) {
        return unauthenticated(
                "expired",
                "The API key %s expired at %s: ask an operator of the fleet for another."
                        .formatted(key.id(), key.expiresAt()));
    }

    static Refusal forbidden(ApiKey key, Role wanted) {
        return new Refusal(
                HttpStatus.FORBIDDEN,
                "FORBIDDEN",
                "forbidden",
                "The API key %s has the role %s, and this wants %s: ask an operator of the fleet."
                        .formatted(key.id(), key.role(), wanted));
    }

    private static Refusal unauthenticated(String reason, String detail) {
        return new Refusal(HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", reason, detail);
    }

    /** One word, for a metric. */
    String reason() {
        return reason;
    }
}
