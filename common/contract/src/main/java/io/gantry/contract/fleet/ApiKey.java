package io.gantry.contract.fleet;

import java.time.Instant;

/**
 * Who holds this key may use the fleet. Keyed by id; a revoked one is a tombstone. The key itself, 256 random bits, is
 * known to its holder alone: nothing here lets anybody in.
 *
 * @param id public, the beginning of the key
 * @param name whose it is, in the words of whoever made it
 * @param sha256 of the whole key, in hexadecimal digits
 */
public record ApiKey(String id, String name, Role role, String sha256, Instant expiresAt) {
    /** What a holder may do; each role includes the one before it. */
    public enum Role {
        /** Apps: upload, deploy, scale, look. */
        DEVELOPER,
        /** Everything: machines, platform services, keys. */
        OPERATOR
    }
}
