package io.gantry.access;

import io.gantry.contract.fleet.ApiKey;
import java.util.Optional;

/** The keys that let somebody in, as this service knows them. */
public interface ApiKeys {
    /**
     * None if there is no such key, or if it was revoked; one that has expired may still be there.
     *
     * @throws RuntimeException if it can't be said now, told to the caller as every other error of the REST surface is
     */
    Optional<ApiKey> find(String id);
}
