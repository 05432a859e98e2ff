package io.gantry.lifecyclemanager.restart;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Restarts an app, one service of it, or an AI model. The token tells later what became of it. */
@RestController
@RequestMapping("/api/v1")
class RestartController {
    private final Restarts restarts;

    RestartController(Restarts restarts) {
        this.restarts = restarts;
    }

    @PostMapping("/apps/{app}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted app(@PathVariable AppName app) {
        return new Accepted(restarts.app(app));
    }

    @PostMapping("/apps/{app}/services/{service}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted service(@PathVariable AppName app, @PathVariable ServiceName service) {
        return new Accepted(restarts.service(app, service));
    }

    @PostMapping("/models/{model}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted model(@PathVariable ServiceName model) {
        return new Accepted(restarts.model(model));
    }

    record Accepted(DeploymentToken token) {}
}
