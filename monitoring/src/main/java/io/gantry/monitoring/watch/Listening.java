package io.gantry.monitoring.watch;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.registry.Instance;
import io.gantry.monitoring.unit.Units.Running;
import java.util.stream.Stream;

/** An instance that can be asked how it is. */
record Listening(Running running, String address, int port, Health health) {
    /** None for workers, which listen on no port, and where an older Gantry did not say how it is asked. */
    static Stream<Listening> of(Running running) {
        Instance told = running.told();
        Integer port = told.port();
        Health health = told.health();
        return port == null || health == null
                ? Stream.empty()
                : Stream.of(new Listening(running, told.address(), port, health));
    }

    InstanceId id() {
        return running.told().id();
    }

    NodeId node() {
        return running.told().node();
    }
}
