package io.gantry.nodemanager.usage;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.Usage;

/** Whose use is measured. */
record RunningInstance(InstanceId id, AppName app, ServiceName service) {
    Usage.OfInstance using(double cpus, long memory) {
        return new Usage.OfInstance(id, app, service, cpus, memory);
    }
}
