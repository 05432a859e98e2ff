package io.gantry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One running copy of a service: {@code app-service-token-ordinal}. It follows from the request, so whoever takes the
 * request up again arrives at the same id; it is the container's name too, so the engine itself refuses a second one.
 */
public record InstanceId(@JsonValue String value) implements Comparable<InstanceId> {
    private static final Pattern GRAMMAR =
            Pattern.compile(Names.GRAMMAR + "-" + Names.GRAMMAR + "-[a-z0-9]{16}-[0-9]{1,3}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public InstanceId {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an instance id: app-service-token-ordinal");
        }
    }

    public static InstanceId of(AppName app, ServiceName service, DeploymentToken deployment, int ordinal) {
        return new InstanceId("%s-%s-%s-%d".formatted(app, service, deployment, ordinal));
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
