package io.gantry.lifecyclemanager.restart;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.web.ProblemException;
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
    private final Running running;

    RestartController(Restarts restarts, Running running) {
        this.restarts = restarts;
        this.running = running;
    }

    @PostMapping("/apps/{app}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted app(@PathVariable AppName app) throws InterruptedException {
        return running.await(() -> restarts.app(app))
                .map(Accepted::new)
                .orElseThrow(() -> ProblemException.notFound(
                        "APP_NOT_RUNNING",
                        "Nothing runs of %s: deploy it first (mode RUN or BUILD_AND_RUN).".formatted(app)));
    }

    @PostMapping("/apps/{app}/services/{service}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted service(@PathVariable AppName app, @PathVariable ServiceName service) throws InterruptedException {
        return running.await(() -> restarts.service(app, service))
                .map(Accepted::new)
                .orElseThrow(() -> ProblemException.notFound(
                        "SERVICE_NOT_RUNNING",
                        "No instance of %s/%s runs: deploy it first (mode RUN or BUILD_AND_RUN)."
                                .formatted(app, service)));
    }

    @PostMapping("/models/{model}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted model(@PathVariable ServiceName model) throws InterruptedException {
        return running.await(() -> restarts.model(model))
                .map(Accepted::new)
                .orElseThrow(() ->
                        ProblemException.notFound("MODEL_NOT_RUNNING", "No model named %s runs.".formatted(model)));
    }

    record Accepted(DeploymentToken token) {}
}
