package io.gantry.loadbalancer.scaling;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.Topics;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.decision.Decision;
import io.gantry.loadbalancer.decision.Decision.Kind;
import io.gantry.loadbalancer.decision.Decisions;
import io.gantry.loadbalancer.scaling.Verdict.Change;
import io.gantry.loadbalancer.scaling.Verdict.Hold;
import io.gantry.loadbalancer.scaling.Verdict.TakeBack;
import io.gantry.messaging.Outbox;
import io.gantry.messaging.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Carries a verdict out: commands to the deployer, and a record of the decision, in the transaction that made it. */
@Component
class Scaler {
    private final Outbox outbox;
    private final Decisions decisions;
    private final Tokens tokens;
    private final ScaleSettings settings;

    Scaler(Outbox outbox, Decisions decisions, Tokens tokens, ScaleSettings settings) {
        this.outbox = outbox;
        this.decisions = decisions;
        this.tokens = tokens;
        this.settings = settings;
    }

    ScaleState carryOut(Verdict verdict, ServiceId service, ScaleState state, Situation at) {
        return switch (verdict) {
            case Hold hold -> state;
            case Change change -> change(change, service, state, at);
            case TakeBack takeBack -> takeBack(takeBack, service, state, at);
        };
    }

    private ScaleState change(Change change, ServiceId service, ScaleState state, Situation at) {
        List<Action> actions = Stream.generate(() -> action(change.direction(), at.now()))
                .limit(change.instances())
                .toList();
        actions.forEach(action -> command(service, ask(action, service)));
        keep("SCALE_" + change.direction(), change.reason(), service, at, ScaleDetail.of(state, at, actions));
        return state.acting(actions);
    }

    private ScaleState takeBack(TakeBack takeBack, ServiceId service, ScaleState state, Situation at) {
        takeBack.actions()
                .forEach(action -> command(service, new DeployerCommand.Cancel(action.token(), service.app())));
        keep("TAKE_BACK", takeBack.reason(), service, at, ScaleDetail.of(state, at, takeBack.actions()));
        return state.takingBack(takeBack.actions());
    }

    private Action action(Direction direction, Instant now) {
        return new Action(new DeploymentToken(tokens.next()), direction, now, now.plus(settings.deadline()), false);
    }

    private static DeployerCommand ask(Action action, ServiceId service) {
        return switch (action.direction()) {
            case UP -> new DeployerCommand.ScaleUp(action.token(), service.app(), service.service(), action.deadline());
            case DOWN ->
                new DeployerCommand.ScaleDown(action.token(), service.app(), service.service(), action.deadline());
        };
    }

    private void command(ServiceId service, DeployerCommand command) {
        outbox.send(Topics.DEPLOYER_COMMANDS, service.app().value(), command);
    }

    private void keep(String outcome, String reason, ServiceId service, Situation at, ScaleDetail detail) {
        decisions.record(new Decision(at.now(), Kind.SCALING, service, null, outcome, reason, detail));
    }
}
