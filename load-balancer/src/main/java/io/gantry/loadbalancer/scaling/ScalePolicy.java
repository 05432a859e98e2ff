package io.gantry.loadbalancer.scaling;

import io.gantry.contract.manifest.Scale;
import io.gantry.loadbalancer.scaling.Verdict.Change;
import io.gantry.loadbalancer.scaling.Verdict.Hold;
import io.gantry.loadbalancer.scaling.Verdict.TakeBack;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a service needs more or fewer instances. By hand: all that is missing, at once. By itself: one at a time, after
 * the load has asked for it long enough, within the bounds of the manifest.
 */
final class ScalePolicy {
    private final ScaleSettings settings;

    ScalePolicy(ScaleSettings settings) {
        this.settings = settings;
    }

    /** @param state after it has {@linkplain ScaleState#seen seen} the situation */
    Verdict judge(ScaleState state, Situation at) {
        if (at.count() == 0) {
            return new Hold("nothing runs: what was stopped stays stopped");
        }
        if (!state.deployments().isEmpty()) {
            return new Hold("a deployment of the service is in progress");
        }
        Setback setback = state.setback();
        if (setback != null && setback.isPausing(at.now())) {
            return new Hold("the last attempt failed: %s; the next is at %s"
                    .formatted(setback.problem(), second(setback.retryAt())));
        }
        if (state.manual() != null) {
            return byHand(state.manual(), state, at);
        }
        return at.scale() == null ? new Hold("nobody has said how to scale it") : byItself(at.scale(), state, at);
    }

    private static Verdict byHand(Manual manual, ScaleState state, Situation at) {
        int missing = manual.replicas() - state.expected(at);
        List<Action> coming = state.coming(at);
        if (missing == 0) {
            return new Hold("scaled to %d by hand until %s".formatted(manual.replicas(), second(manual.until())));
        }
        if (missing < 0 && !coming.isEmpty()) {
            List<Action> surplus = coming.subList(Math.max(0, coming.size() + missing), coming.size());
            return new TakeBack(surplus, "scaled to %d by hand: fewer are to come".formatted(manual.replicas()));
        }
        Direction direction = missing > 0 ? Direction.UP : Direction.DOWN;
        if (!state.isSettled(at.now()) || !state.going(direction.other()).isEmpty()) {
            return aboutToChange();
        }
        String reason =
                "scaled to %d by hand until %s, %s".formatted(manual.replicas(), second(manual.until()), count(at));
        return new Change(direction, Math.abs(missing), reason);
    }

    private Verdict byItself(Scale scale, ScaleState state, Situation at) {
        if (!state.inFlight().isEmpty() || !state.isSettled(at.now())) {
            return aboutToChange();
        }
        if (at.count() > scale.max()) {
            return new Change(Direction.DOWN, 1, "%s, at most %d are to".formatted(count(at), scale.max()));
        }
        if (at.count() < scale.min()) {
            return oneMore("%s, at least %d are to".formatted(count(at), scale.min()), state, at);
        }
        return byLoad(scale, state, at);
    }

    private Verdict byLoad(Scale scale, ScaleState state, Situation at) {
        Breach breach = state.breach();
        if (hasLasted(breach.tooHighSince(), settings.upAfter(), at.now())) {
            String reason = "the load has been above %d%% since %s and is %.0f%%, %s"
                    .formatted(scale.cpu(), second(breach.tooHighSince()), at.load(), count(at));
            return oneMore(reason, state, at);
        }
        if (hasLasted(breach.tooLowSince(), settings.downAfter(), at.now())) {
            String reason = "one fewer has been enough since %s: the load would be %.0f%%, aimed at are %d%%, %s"
                    .formatted(second(breach.tooLowSince()), at.loadWithOneFewer(), scale.cpu(), count(at));
            return oneFewer(reason, state, at);
        }
        return new Hold("the load is %.0f%%, aimed at are %d%%, %s".formatted(at.load(), scale.cpu(), count(at)));
    }

    private Verdict oneMore(String reason, ScaleState state, Situation at) {
        return isCool(state.scaledAt(), settings.upCoolDown(), at.now())
                ? new Change(Direction.UP, 1, reason)
                : coolingDown(state);
    }

    private Verdict oneFewer(String reason, ScaleState state, Situation at) {
        return isCool(state.scaledAt(), settings.downCoolDown(), at.now())
                ? new Change(Direction.DOWN, 1, reason)
                : coolingDown(state);
    }

    private static Verdict coolingDown(ScaleState state) {
        return new Hold("it was scaled at %s and cools down".formatted(second(state.scaledAt())));
    }

    private static boolean isCool(@Nullable Instant scaledAt, Duration coolDown, Instant now) {
        return scaledAt == null || hasLasted(scaledAt, coolDown, now);
    }

    /** For people, who count no fractions of it. */
    private static @Nullable Instant second(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean hasLasted(@Nullable Instant since, Duration atLeast, Instant now) {
        return since != null && !now.isBefore(since.plus(atLeast));
    }

    private static Verdict aboutToChange() {
        return new Hold("the number of instances is about to change");
    }

    private static String count(Situation at) {
        return at.count() == 1 ? "1 instance runs" : at.count() + " instances run";
    }
}
