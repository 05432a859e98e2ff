package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Which machines a platform service may run on; written as a machine's name, or as labels. */
public sealed interface MachineSelector {
    boolean takes(Machine machine);

    /** A text or a map. */
    @JsonValue
    Object written();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MachineSelector of(Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            return new Named(written.toString());
        }
        Map<String, String> labels = new TreeMap<>();
        map.forEach((label, value) -> labels.put(String.valueOf(label), String.valueOf(value)));
        return new Labelled(labels);
    }

    record Named(String machine) implements MachineSelector {
        @Override
        public boolean takes(Machine candidate) {
            return candidate.name().equals(machine);
        }

        @Override
        public Object written() {
            return machine;
        }
    }

    /** @param labels a machine must carry all of these; none: any will do */
    record Labelled(Map<String, String> labels) implements MachineSelector {
        public Labelled {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        @Override
        public boolean takes(Machine candidate) {
            return candidate.labels().entrySet().containsAll(labels.entrySet());
        }

        @Override
        public Object written() {
            return labels;
        }
    }
}
