package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Identifies one fault from when it was noticed until it is over: 16 lower-case letters and digits. */
public record IncidentId(@JsonValue String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]{16}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IncidentId {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an incident id: 16 lower-case letters and digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
