package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Maps a placement reply to the request it answers: 16 lower-case letters and digits, new with every asking. */
public record AccessToken(@JsonValue String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]{16}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccessToken {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an access token: 16 lower-case letters and digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
