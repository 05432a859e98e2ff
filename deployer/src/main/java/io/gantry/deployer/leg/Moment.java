package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What a decision needs to know that is not in the leg itself.
 *
 * @param accessTokens a new one with every call
 * @param facts read when a decision asks for them, in its transaction
 */
public record Moment(Instant now, Limits limits, Supplier<AccessToken> accessTokens, Supplier<Facts> facts) {
    AccessToken newAccessToken() {
        return accessTokens.get();
    }
}
