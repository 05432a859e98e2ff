package io.gantry.lifecyclemanager.access;

import io.gantry.contract.Sha256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param firstKey none where nobody wants a key */
@ConfigurationProperties("lifecycle-manager.access")
record AccessSettings(@Nullable FirstKey firstKey) {
    /**
     * The key that whoever made the fleet holds.
     *
     * @param sha256 of the whole key, in hexadecimal digits
     * @param expiresIn counted from when it is entered
     */
    record FirstKey(
            String id,
            String sha256,
            @DefaultValue("first key") String name,
            @DefaultValue("365d") Duration expiresIn) {
        FirstKey {
            if (!sha256.matches(Sha256.FORM)) {
                throw new IllegalArgumentException("first-key.sha256 is no SHA-256 in hexadecimal digits");
            }
        }

        /** The hash stays out of logs. */
        @Override
        public String toString() {
            return "FirstKey[%s]".formatted(id);
        }
    }
}
