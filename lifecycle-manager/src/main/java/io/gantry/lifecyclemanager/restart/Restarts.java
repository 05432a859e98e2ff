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
import java.util.Optional;
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

    /** @return none if nothing of it runs */
    Optional<DeploymentToken> app(AppName app) {
        List<ServiceName> services = running.services(app);
        return services.isEmpty() ? Optional.empty() : Optional.of(begin(Kind.RESTART_APP, app.value(), app, services));
    }

    /** @return none if no instance of it runs */
    Optional<DeploymentToken> service(AppName app, ServiceName service) {
        return running.services(app).contains(service)
                ? Optional.of(begin(Kind.RESTART_SERVICE, app + "/" + service, app, List.of(service)))
                : Optional.empty();
    }

    /**
     * @return none if none runs
     * @throws ProblemException 409 if several apps have one of that name
     */
    Optional<DeploymentToken> model(ServiceName model) {
        List<AppName> apps = running.appsWithModel(model);
        if (apps.size() > 1) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "MODEL_AMBIGUOUS",
                    "Several apps have a model named %s: %s. Restart it as a service of one of them."
                            .formatted(model, apps));
        }
        return apps.stream().findFirst().map(app -> begin(Kind.RESTART_MODEL, app + "/" + model, app, List.of(model)));
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
