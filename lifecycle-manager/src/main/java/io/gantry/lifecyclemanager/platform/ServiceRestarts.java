package io.gantry.lifecyclemanager.platform;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.Outcome;
import io.gantry.lifecyclemanager.OnlyOutsideFleet;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.messaging.Tokens;
import io.gantry.web.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Restarts of a service of the platform where there is no fleet. */
@Component
@OnlyOutsideFleet
class ServiceRestarts implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(ServiceRestarts.class);
    private static final String MYSELF = "lifecycle-manager";
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final ObjectProvider<ServiceRunner> runner;
    private final Operations operations;
    private final TransactionTemplate transaction;
    private final Tokens tokens;
    private final InstantSource clock;

    ServiceRestarts(
            ObjectProvider<ServiceRunner> runner,
            Operations operations,
            TransactionTemplate transaction,
            Tokens tokens,
            InstantSource clock) {
        this.runner = runner;
        this.operations = operations;
        this.transaction = transaction;
        this.tokens = tokens;
        this.clock = clock;
    }

    DeploymentToken restart(String service) {
        ServiceRunner running = runner.getIfAvailable(() -> {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "NOT_STARTED_BY_US",
                    "The platform's services were started one by one: restart %s the way it was started, say docker-compose restart %s."
                            .formatted(service, service));
        });
        if (!running.services().contains(service)) {
            throw ProblemException.notFound(
                    "SERVICE_NOT_FOUND",
                    "The platform has no service %s: there are %s.".formatted(service, running.services()));
        }
        return begin(running, service);
    }

    private DeploymentToken begin(ServiceRunner running, String service) {
        var token = new DeploymentToken(tokens.next());
        var now = clock.instant();
        transaction.executeWithoutResult(_ -> operations.begin(
                Operation.begin(token, Operation.Kind.RESTART_PLATFORM_SERVICE, service, now, now.plus(WITHIN))));
        Thread.ofVirtual().name("restart-" + service).start(() -> carryOut(running, service, token));
        return token;
    }

    private void carryOut(ServiceRunner running, String service, DeploymentToken token) {
        try {
            if (service.equals(MYSELF)) {
                // Whoever is restarted itself can't write down how it ended.
                operations.finish(token, Outcome.SUCCEEDED, null, clock.instant());
                running.restart(service);
            } else {
                running.restart(service);
                operations.finish(token, Outcome.SUCCEEDED, null, clock.instant());
            }
        } catch (RuntimeException failed) {
            // Whatever kept it from starting: its own log says more, and whoever asked reads this.
            log.error("{} could not be restarted", service, failed);
            finishAsFailed(token, "%s could not be restarted: %s".formatted(service, failed.getMessage()));
        }
    }

    private void finishAsFailed(DeploymentToken token, String why) {
        Failure failure = Failure.of(FailureKind.EXTERNAL, "OPERATION_FAILED", why);
        operations.finish(token, Outcome.FAILED, failure, clock.instant());
    }

    /** What was under way when the platform ended. */
    @Override
    public void run(ApplicationArguments arguments) {
        operations
                .open(Set.of(Operation.Kind.RESTART_PLATFORM_SERVICE))
                .forEach(operation -> finishAsFailed(
                        operation.token(), "The platform ended while %s was restarted.".formatted(operation.what())));
    }
}
