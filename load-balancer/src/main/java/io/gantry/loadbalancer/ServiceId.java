package io.gantry.loadbalancer;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;

/** A service of an app: what instances are copies of. */
public record ServiceId(AppName app, ServiceName service) {
    @Override
    public String toString() {
        return app + "/" + service;
    }
}
