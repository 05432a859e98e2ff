package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Identifies one request to the deployer for ever: 16 lower-case letters and digits, drawn at random by whoever asks. */
public record DeploymentToken(@JsonValue String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]{16}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeploymentToken {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a deployment token: 16 lower-case letters and digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
