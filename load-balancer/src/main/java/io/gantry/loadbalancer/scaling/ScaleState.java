package io.gantry.loadbalancer.scaling;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.manifest.Scale;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the scaling of one service between two looks at it.
 *
 * @param count how many instances there were at the last look
 * @param settledAt when that number can be relied upon: news of a change come by several ways, not all at once
 * @param inFlight what the deployer was asked for and has not answered
 * @param deployments requests of others that are in progress for the service
 * @param scaledAt when the last action succeeded
 */
record ScaleState(
        int count,
        Instant settledAt,
        @Nullable Manual manual,
        List<Action> inFlight,
        List<DeploymentToken> deployments,
        Breach breach,
        @Nullable Instant scaledAt,
        @Nullable Setback setback) {
    ScaleState {
        inFlight = List.copyOf(inFlight);
        deployments = List.copyOf(deployments);
    }

    static ScaleState fresh(Instant now) {
        return new ScaleState(0, now, null, List.of(), List.of(), Breach.NONE, null, null);
    }

    /** Someone asks by hand: that holds at once, whatever has just changed or failed. */
    ScaleState askedFor(Manual wish, Instant now) {
        return new ScaleState(count, now, wish, inFlight, deployments, Breach.NONE, scaledAt, null);
    }

    /** A look at the service: what has changed, lasted or ended meanwhile. */
    ScaleState seen(Situation at, ScaleSettings settings) {
        ScaleState state = count == at.count() ? this : counted(at, settings);
        if (state.manual != null && (at.count() == 0 || state.manual.hasEnded(at.now()))) {
            state = state.withManual(null);
        }
        if (state.setback != null && state.setback.isOld(at.now(), settings)) {
            state = state.withSetback(null);
        }
        for (Action action : state.inFlight) {
            if (at.now().isAfter(action.deadline().plus(settings.grace()))) {
                state = state.failed(action.token(), "the deployer did not answer in time", at.now(), settings);
            }
        }
        return state.withBreach(state.breachAt(at, settings));
    }

    ScaleState acting(List<Action> actions) {
        return withInFlight(Stream.concat(inFlight.stream(), actions.stream()).toList());
    }

    ScaleState takingBack(List<Action> actions) {
        return withInFlight(inFlight.stream()
                .map(action -> actions.contains(action) ? action.takenBack() : action)
                .toList());
    }

    ScaleState succeeded(DeploymentToken token, Instant now, ScaleSettings settings) {
        Instant settled = now.plus(settings.settle());
        return new ScaleState(count, settled, manual, without(token), deployments, Breach.NONE, now, null);
    }

    ScaleState cancelled(DeploymentToken token, Instant now, ScaleSettings settings) {
        return withInFlight(without(token)).withSettledAt(now.plus(settings.settle()));
    }

    ScaleState failed(DeploymentToken token, String problem, Instant now, ScaleSettings settings) {
        return withInFlight(without(token)).withSetback(Setback.after(setback, problem, now, settings));
    }

    ScaleState deploymentBegun(DeploymentToken token) {
        return deployments.contains(token)
                ? this
                : withDeployments(
                        Stream.concat(deployments.stream(), Stream.of(token)).toList());
    }

    ScaleState deploymentEnded(DeploymentToken token, Instant now, ScaleSettings settings) {
        return deployments.contains(token)
                ? withDeployments(deployments.stream()
                                .filter(each -> !each.equals(token))
                                .toList())
                        .withSettledAt(now.plus(settings.settle()))
                : this;
    }

    Optional<Action> action(DeploymentToken token) {
        return inFlight.stream().filter(action -> action.token().equals(token)).findFirst();
    }

    /** How many instances there will be when what is in flight has come to its end. */
    int expected(Situation at) {
        return count + coming(at).size() - going(Direction.DOWN).size();
    }

    /** What was asked for, is still wanted and is not among those that run yet. */
    List<Action> coming(Situation at) {
        return going(Direction.UP).stream()
                .filter(action -> !action.cancelled() && !at.hasStarted(action.token()))
                .toList();
    }

    List<Action> going(Direction direction) {
        return inFlight.stream()
                .filter(action -> action.direction() == direction)
                .toList();
    }

    boolean isSettled(Instant now) {
        return !now.isBefore(settledAt);
    }

    /** Whether it has to be looked at again though nothing is heard. */
    boolean isRestless(Situation at) {
        Scale scale = at.scale();
        boolean outOfBounds = scale != null && (count < scale.min() || count > scale.max());
        return manual != null || !inFlight.isEmpty() || setback != null || outOfBounds;
    }

    /** Whether there is nothing left to remember. */
    boolean isOver() {
        return count == 0 && inFlight.isEmpty() && deployments.isEmpty();
    }

    private Breach breachAt(Situation at, ScaleSettings settings) {
        Scale scale = at.scale();
        if (scale == null || manual != null || count == 0) {
            return Breach.NONE;
        }
        boolean tooHigh = count < scale.max() && at.load() > scale.cpu();
        boolean tooLow = count > scale.min() && at.loadWithOneFewer() < scale.cpu() * settings.headroom();
        return breach.next(tooHigh, tooLow, at.now(), settings.staleAfter());
    }

    private ScaleState counted(Situation at, ScaleSettings settings) {
        Instant settled = at.now().plus(settings.settle());
        return new ScaleState(at.count(), settled, manual, inFlight, deployments, Breach.NONE, scaledAt, setback);
    }

    private ScaleState withSettledAt(Instant settled) {
        return new ScaleState(count, settled, manual, inFlight, deployments, breach, scaledAt, setback);
    }

    private ScaleState withManual(@Nullable Manual wish) {
        return new ScaleState(count, settledAt, wish, inFlight, deployments, breach, scaledAt, setback);
    }

    private ScaleState withInFlight(List<Action> actions) {
        return new ScaleState(count, settledAt, manual, actions, deployments, breach, scaledAt, setback);
    }

    private ScaleState withDeployments(List<DeploymentToken> inProgress) {
        return new ScaleState(count, settledAt, manual, inFlight, inProgress, breach, scaledAt, setback);
    }

    private ScaleState withBreach(Breach now) {
        return new ScaleState(count, settledAt, manual, inFlight, deployments, now, scaledAt, setback);
    }

    private ScaleState withSetback(@Nullable Setback now) {
        return new ScaleState(count, settledAt, manual, inFlight, deployments, breach, scaledAt, now);
    }

    private List<Action> without(DeploymentToken token) {
        return inFlight.stream().filter(action -> !action.token().equals(token)).toList();
    }
}
