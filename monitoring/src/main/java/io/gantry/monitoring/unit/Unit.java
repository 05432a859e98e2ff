package io.gantry.monitoring.unit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;

/** What is judged by itself. Stored as JSON under these names; without one it is an instance, as all were at first. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Unit.Instance.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Unit.Instance.class, name = "instance"),
    @JsonSubTypes.Type(value = Unit.Replica.class, name = "replica"),
    @JsonSubTypes.Type(value = Unit.Machine.class, name = "machine")
})
public sealed interface Unit {
    /** Unique among all units. */
    String key();

    /** An instance of an app. */
    record Instance(InstanceId id, AppName app, ServiceName service) implements Unit {
        @Override
        public String key() {
            return id.value();
        }

        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** A replica of a platform service: the one on that machine. */
    record Replica(String service, String machine) implements Unit {
        private static final String ON = "@";

        /** @param key as others call it, {@code scheduler@vm-1} */
        public static Replica of(String key) {
            int on = key.indexOf(ON);
            if (on < 1) {
                throw new IllegalArgumentException("Not a service on a machine: " + key);
            }
            return new Replica(key.substring(0, on), key.substring(on + 1));
        }

        @Override
        public String key() {
            return service + ON + machine;
        }

        @Override
        public String toString() {
            return service + " on " + machine;
        }
    }

    /** A machine of the fleet. */
    record Machine(String name) implements Unit {
        @Override
        public String key() {
            return "machine/" + name;
        }

        @Override
        public String toString() {
            return "The machine " + name;
        }
    }
}
