package io.gantry.lifecyclemanager.restart;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operation.Kind;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.messaging.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Has the deployer bring up others elsewhere in place of instances that are to leave their machine. */
@Component
public class Moves {
    /** One that failed is asked for again only then: what was in the way is hardly gone at once. */
    private static final Duration REST = Duration.ofSeconds(15);

    private final Running running;
    private final Operations operations;
    private final Tokens tokens;
    private final RestartSettings settings;
    private final InstantSource clock;

    Moves(Running running, Operations operations, Tokens tokens, RestartSettings settings, InstantSource clock) {
        this.running = running;
        this.operations = operations;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    /** Asks for each instance there, once at a time. Jobs are let come to their end. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void off(NodeId node) {
        Instant now = clock.instant();
        Set<String> asked = operations.recent(Kind.MOVE_INSTANCE, now.minus(REST));
        running.movableOn(node).stream()
                .filter(instance -> !asked.contains(instance.id().value()))
                .forEach(instance -> begin(instance, now));
    }

    private void begin(Running.Movable instance, Instant now) {
        DeploymentToken token = new DeploymentToken(tokens.next());
        Instant deadline = now.plus(settings.deadline());
        operations.begin(
                Operation.begin(token, Kind.MOVE_INSTANCE, instance.id().value(), now, deadline),
                new DeployerCommand.Move(token, instance.app(), instance.service(), instance.id(), deadline));
    }
}
