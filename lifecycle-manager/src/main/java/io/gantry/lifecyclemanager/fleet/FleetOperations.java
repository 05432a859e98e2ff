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
import java.util.function.Predicate;
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
     * One replica alone, if it is not back by itself.
     *
     * @param deadline after which it need not be begun
     * @return false if the fleet is to have no such thing
     */
    public boolean recoverReplica(DeploymentToken token, String service, String machine, Instant deadline) {
        return isWanted(fleet -> fleet.service(service).isPresent()
                        && fleet.machine(machine).isPresent())
                && begin(token, Operation.Kind.RECOVER_REPLICA, service + "@" + machine, deadline);
    }

    /**
     * A machine, if it is not back by itself.
     *
     * @param deadline after which it need not be begun
     * @return false if the fleet is to have no such thing
     */
    public boolean recoverMachine(DeploymentToken token, String machine, Instant deadline) {
        return isWanted(fleet -> fleet.machine(machine).isPresent())
                && begin(token, Operation.Kind.RECOVER_MACHINE, machine, deadline);
    }

    private boolean isWanted(Predicate<Fleet> question) {
        return fleets.find().map(FleetDocument::fleet).filter(question).isPresent();
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
        DeploymentToken token = new DeploymentToken(tokens.next());
        begin(token, kind, what, clock.instant().plus(WITHIN));
        return token;
    }

    private boolean begin(DeploymentToken token, Operation.Kind kind, String what, Instant deadline) {
        operations.begin(Operation.begin(token, kind, what, clock.instant(), deadline));
        return true;
    }
}
