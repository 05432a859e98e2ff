package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that the platform stands on; written as {@code provided}, or as an address. */
public sealed interface BackingService {
    /** A text or a map. */
    @JsonValue
    Object written();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BackingService of(Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            return new Provided();
        }
        Object address = Objects.requireNonNull(map.get("address"), "A backing service elsewhere has an address");
        Object credentialFile = map.get("credentialFile");
        return new Elsewhere(address.toString(), credentialFile == null ? null : credentialFile.toString());
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
     */
    record Elsewhere(String address, @Nullable String credentialFile) implements BackingService {
        @Override
        public Object written() {
            Map<String, String> written = new LinkedHashMap<>();
            written.put("address", address);
            if (credentialFile != null) {
                written.put("credentialFile", credentialFile);
            }
            return written;
        }
    }
}
