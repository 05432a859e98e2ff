package io.gantry.lifecyclemanager.platform;

import io.gantry.contract.DeploymentToken;
import io.gantry.lifecyclemanager.OnlyOutsideFleet;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Asks for the restart of a service of the platform; the operation tells how it went. */
@RestController
@OnlyOutsideFleet
class ServiceRestartController {
    private final ServiceRestarts restarts;

    ServiceRestartController(ServiceRestarts restarts) {
        this.restarts = restarts;
    }

    record Accepted(DeploymentToken token) {}

    @PostMapping("/api/v1/services/{service}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted restart(@PathVariable String service) {
        return new Accepted(restarts.restart(service));
    }
}
