package io.gantry.lifecyclemanager.recovery;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.IncidentId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.topic.Topics;
import io.gantry.lifecyclemanager.fleet.FleetOperations;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.messaging.Outbox;
import io.gantry.messaging.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Turns requests for recovery into operations, each once, and tells what came of them. */
@Component
class Recoveries {
    private static final Failure NO_FLEET = Failure.of(
            FailureKind.REQUEST, "NO_FLEET", "This lifecycle manager has no machines and services to restart.");

    private final JdbcClient jdbc;
    private final Operations operations;
    private final ObjectProvider<FleetOperations> fleet;
    private final Outbox outbox;
    private final Tokens tokens;
    private final InstantSource clock;

    Recoveries(
            JdbcClient jdbc,
            Operations operations,
            ObjectProvider<FleetOperations> fleet,
            Outbox outbox,
            Tokens tokens,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.operations = operations;
        this.fleet = fleet;
        this.outbox = outbox;
        this.tokens = tokens;
        this.clock = clock;
    }

    private record Asked(IncidentId incident, int attempt) {}

    void begin(RecoveryRequest request) {
        DeploymentToken token = new DeploymentToken(tokens.next());
        if (enter(request, token)) {
            switch (request) {
                case RecoveryRequest.ReviveInstance revive -> begin(revive, token);
                case RecoveryRequest.RestartService(var _, var _, var service, var machine, var deadline) ->
                    inFleet(request, fleet -> fleet.recoverReplica(token, service, machine, deadline));
                case RecoveryRequest.RestartMachine(var _, var _, var machine, var deadline) ->
                    inFleet(request, fleet -> fleet.recoverMachine(token, machine, deadline));
            }
        }
    }

    /** @param begin whether it is wanted, and then begun */
    private void inFleet(RecoveryRequest request, Predicate<FleetOperations> begin) {
        FleetOperations ofFleet = fleet.getIfAvailable();
        if (ofFleet == null) {
            answer(new RecoveryEvent.NotRecovered(request.incident(), request.attempt(), NO_FLEET, clock.instant()));
        } else if (!begin.test(ofFleet)) {
            answer(new RecoveryEvent.NotWanted(request.incident(), request.attempt(), clock.instant()));
        }
    }

    private void begin(RecoveryRequest.ReviveInstance revive, DeploymentToken token) {
        Instant deadline = revive.deadline();
        operations.begin(
                Operation.begin(
                        token, Operation.Kind.REVIVE_INSTANCE, revive.instance().value(), clock.instant(), deadline),
                new DeployerCommand.Revive(
                        token, revive.app(), revive.service(), revive.instance(), revive.fault(), deadline));
    }

    /** @return false if it was asked for before */
    private boolean enter(RecoveryRequest request, DeploymentToken token) {
        return jdbc.sql("insert into recovery (incident, attempt, token) values (?, ?, ?) on conflict do nothing")
                        .params(request.incident().value(), request.attempt(), token.value())
                        .update()
                == 1;
    }

    /** Tells monitoring, if it was monitoring that asked. */
    void finished(Operation operation) {
        asked(operation.token()).ifPresent(asked -> answer(event(asked, operation, clock.instant())));
    }

    @EventListener
    void on(Operation.Ended ended) {
        finished(ended.operation());
    }

    private void answer(RecoveryEvent event) {
        outbox.send(Topics.RECOVERY_EVENTS, event.incident().value(), event);
    }

    private Optional<Asked> asked(DeploymentToken token) {
        return jdbc.sql("select incident, attempt from recovery where token = ?")
                .param(token.value())
                .query((row, _) -> new Asked(new IncidentId(row.getString("incident")), row.getInt("attempt")))
                .optional();
    }

    private static RecoveryEvent event(Asked asked, Operation operation, Instant now) {
        Failure failure = operation.failure();
        if (operation.outcome() == Outcome.SUCCEEDED) {
            return new RecoveryEvent.Recovered(asked.incident(), asked.attempt(), now);
        }
        return failure != null && failure.code().equals(DeployerCommand.Revive.NOT_WANTED)
                ? new RecoveryEvent.NotWanted(asked.incident(), asked.attempt(), now)
                : new RecoveryEvent.NotRecovered(asked.incident(), asked.attempt(), failure, now);
    }
}
