package io.gantry.lifecyclemanager.fleet;

import io.gantry.contract.DeploymentToken;
import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.messaging.Tokens;
import io.gantry.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes down what is asked of a machine, or of a service of the platform. Whoever holds the lease does it. */
@Component
@OnlyInFleet
@Transactional
public class FleetOperations {
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final Fleets fleets;
    private final Operations operations;
    private final Tokens tokens;
    private final InstantSource clock;

    FleetOperations(Fleets fleets, Operations operations, Tokens tokens, InstantSource clock) {
        this.fleets = fleets;
        this.operations = operations;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @throws ProblemException if there is no such machine, as {@link #prepareDocker} does */
    public DeploymentToken restartMachine(String machine) {
        requireMachine(machine);
        return begin(Operation.Kind.RESTART_MACHINE, machine);
    }

    public DeploymentToken prepareDocker(String machine) {
        requireMachine(machine);
        return begin(Operation.Kind.PREPARE_DOCKER, machine);
    }

    /** All its replicas, one after the other. */
    public DeploymentToken restartService(String service) {
        if (fleet().service(service).isEmpty()) {
            throw ProblemException.notFound(
                    "SERVICE_NOT_FOUND", "The platform has no service %s in this fleet.".formatted(service));
        }
        return begin(Operation.Kind.RESTART_PLATFORM_SERVICE, service);
    }

    /**
     * One replica alone.
     *
     * @param deadline after which it need not be begun
     */
    public DeploymentToken restartReplica(String service, String machine, Instant deadline) {
        return begin(Operation.Kind.RESTART_PLATFORM_SERVICE, service + "@" + machine, deadline);
    }

    private void requireMachine(String machine) {
        if (fleet().machine(machine).isEmpty()) {
            throw ProblemException.notFound("MACHINE_NOT_FOUND", "The fleet has no machine %s.".formatted(machine));
        }
    }

    private Fleet fleet() {
        return fleets.find()
                .map(FleetDocument::fleet)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.CONFLICT,
                        "FLEET_NOT_TOLD",
                        "Nobody has told yet what the fleet is to be: gantry up does that."));
    }

    private DeploymentToken begin(Operation.Kind kind, String what) {
        return begin(kind, what, clock.instant().plus(WITHIN));
    }

    private DeploymentToken begin(Operation.Kind kind, String what, Instant deadline) {
        DeploymentToken token = new DeploymentToken(tokens.next());
        operations.begin(Operation.begin(token, kind, what, clock.instant(), deadline));
        return token;
    }
}
