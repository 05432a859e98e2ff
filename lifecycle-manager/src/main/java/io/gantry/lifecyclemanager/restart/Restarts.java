package io.gantry.lifecyclemanager.restart;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operation.Kind;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.messaging.Tokens;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has the deployer put new instances in place of those that run; what runs goes on until they serve. */
@Component
@Transactional
class Restarts {
    private final Running running;
    private final Operations operations;
    private final Tokens tokens;
    private final RestartSettings settings;
    private final InstantSource clock;

    Restarts(Running running, Operations operations, Tokens tokens, RestartSettings settings, InstantSource clock) {
        this.running = running;
        this.operations = operations;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    DeploymentToken app(AppName app) {
        List<ServiceName> services = running.services(app);
        if (services.isEmpty()) {
            throw ProblemException.notFound(
                    "APP_NOT_RUNNING",
                    "Nothing runs of %s: deploy it first (mode RUN or BUILD_AND_RUN).".formatted(app));
        }
        return begin(Kind.RESTART_APP, app.value(), app, services);
    }

    DeploymentToken service(AppName app, ServiceName service) {
        if (!running.services(app).contains(service)) {
            throw ProblemException.notFound(
                    "SERVICE_NOT_RUNNING",
                    "No instance of %s/%s runs: deploy it first (mode RUN or BUILD_AND_RUN).".formatted(app, service));
        }
        return begin(Kind.RESTART_SERVICE, app + "/" + service, app, List.of(service));
    }

    DeploymentToken model(ServiceName model) {
        List<AppName> apps = running.appsWithModel(model);
        if (apps.isEmpty()) {
            throw ProblemException.notFound("MODEL_NOT_RUNNING", "No model named %s runs.".formatted(model));
        }
        if (apps.size() > 1) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "MODEL_AMBIGUOUS",
                    "Several apps have a model named %s: %s. Restart it as a service of one of them."
                            .formatted(model, apps));
        }
        return begin(Kind.RESTART_MODEL, apps.getFirst() + "/" + model, apps.getFirst(), List.of(model));
    }

    private DeploymentToken begin(Kind kind, String what, AppName app, List<ServiceName> services) {
        Instant now = clock.instant();
        Instant deadline = now.plus(settings.deadline());
        DeploymentToken token = new DeploymentToken(tokens.next());
        operations.begin(
                Operation.begin(token, kind, what, now, deadline),
                new DeployerCommand.Restart(token, app, services, deadline));
        return token;
    }
}
