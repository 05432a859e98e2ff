package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of an app: a set of services that are deployed together. */
public record AppName(@JsonValue String value) implements Comparable<AppName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AppName {
        Names.require("app", value);
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
