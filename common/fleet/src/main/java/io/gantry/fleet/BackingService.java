package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that the platform stands on; written as {@code provided}, or as an address. */
public sealed interface BackingService {
    /** How it is written that an identity of Azure's signs in. */
    String AZURE = "azure";

    /** A text or a map. */
    @JsonValue
    Object written();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BackingService of(Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            return new Provided();
        }
        Object address = Objects.requireNonNull(map.get("address"), "A backing service elsewhere has an address");
        return new Elsewhere(
                address.toString(),
                text(map.get("credentialFile")),
                AZURE.equals(map.get("signIn")),
                Boolean.TRUE.equals(map.get("tls")),
                text(map.get("user")));
    }

    private static @Nullable String text(@Nullable Object written) {
        return written == null ? null : written.toString();
    }

    /** The fleet runs it, as one of its platform services. */
    record Provided() implements BackingService {
        @Override
        public Object written() {
            return "provided";
        }
    }

    /**
     * It is there already.
     *
     * @param address without user or password
     * @param credentialFile on the computer where {@code gantry up} runs; none: no credential is asked for
     * @param byIdentity whether it lets in an identity of Azure's instead
     * @param overTls whether it is spoken to over TLS, and only where its certificate is for this address; for a database
     * @param user as whom an identity signs in; for a database
     */
    record Elsewhere(
            String address,
            @Nullable String credentialFile,
            boolean byIdentity,
            boolean overTls,
            @Nullable String user) implements BackingService {
        @Override
        public Object written() {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("address", address);
            if (credentialFile != null) {
                written.put("credentialFile", credentialFile);
            }
            if (byIdentity) {
                written.put("signIn", AZURE);
            }
            if (overTls) {
                written.put("tls", true);
            }
            if (user != null) {
                written.put("user", user);
            }
            return written;
        }
    }
}
