package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a service, unique within its app. The service named {@code app-server} is the one end users reach. */
public record ServiceName(@JsonValue String value) implements Comparable<ServiceName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ServiceName {
        Names.require("service", value);
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
