package io.gantry.lifecyclemanager.access;

import io.gantry.contract.fleet.ApiKey;
import java.time.Instant;

/** A key as it is kept: what everybody may know of it, and when it was made. */
record KeptKey(ApiKey key, Instant createdAt) {
    boolean isValid(Instant now) {
        return now.isBefore(key.expiresAt());
    }
}
