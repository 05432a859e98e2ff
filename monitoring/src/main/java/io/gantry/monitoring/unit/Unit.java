package io.gantry.monitoring.unit;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;

/** What is judged by itself: an instance of an app. */
public record Unit(InstanceId id, AppName app, ServiceName service) {
    @Override
    public String toString() {
        return id.toString();
    }
}
