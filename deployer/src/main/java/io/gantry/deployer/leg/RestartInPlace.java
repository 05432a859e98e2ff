package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.manifest.TimeSpan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where no node has room for another instance beside those that run, a restart stops one of these and starts it again where it
 * is: one after the other, and only while all others that are on their way serve or wait for room as well.
 */
final class RestartInPlace {
    private RestartInPlace() {}

    /** The next one, in place of a candidate that waits for room; nothing where there is none, or not yet. */
    static Transition next(RollingOut rollout, Order order, Moment moment) {
        Optional<Candidate> waiting = rollout.candidates().stream()
                .filter(RestartInPlace::waitsForRoom)
                .findFirst();
        boolean othersAreThere = rollout.candidates().stream()
                .allMatch(candidate -> candidate instanceof Serving || waitsForRoom(candidate));
        return order.mode() != Mode.RESTART || rollout.image().isJob() || !othersAreThere
                ? Transition.none(rollout)
                : waiting.flatMap(candidate -> restartable(rollout)
                                .map(standing -> restart(standing, candidate, rollout, order, moment)))
                        .orElse(Transition.none(rollout));
    }

    /** Not one that a node has failed: that node may have been full only of what it left there. */
    private static boolean waitsForRoom(Candidate candidate) {
        return candidate instanceof Placing placing
                && placing.shortfall() != null
                && placing.attempt().failures().isEmpty();
    }

    /** Those that don't run first, as nobody misses them. */
    private static Optional<Standing> restartable(RollingOut rollout) {
        return rollout.replaced().stream()
                .filter(standing -> standing.version() == rollout.image().version())
                .filter(standing -> rollout.candidate(standing.id()).isEmpty())
                .min(Comparator.comparing(Standing::alive));
    }

    private static Transition restart(
            Standing standing, Candidate waiting, RollingOut rollout, Order order, Moment moment) {
        Course course = new Course(order, rollout.image(), moment);
        Progress begun = standing.alive()
                ? Withdrawing.begin(standing, drain(standing, rollout), course)
                : Reviving.begin(standing, course);
        List<Candidate> candidates = rollout.candidates().stream()
                .map(candidate -> candidate.equals(waiting) ? begun.next() : candidate)
                .toList();
        return Transition.to(new RollingOut(rollout.image(), candidates, rollout.replaced()), begun.effects())
                .after(waiting.attempt().release(order.id()));
    }

    /** Where nobody else serves, there is nobody to send visitors to. */
    private static @Nullable TimeSpan drain(Standing standing, RollingOut rollout) {
        boolean othersServe = rollout.candidates().stream().anyMatch(Serving.class::isInstance)
                || rollout.replaced().stream().anyMatch(other -> !other.equals(standing) && other.serves());
        return standing.serves() && othersServe
                ? rollout.image().manifest().stop().drain()
                : null;
    }

    /** What healing makes of it is not the restart's any more. */
    static Progress failed(Attempt attempt, InstanceAddress at, String reason) {
        return Progress.to(new Broken(
                attempt,
                at.node(),
                false,
                Failure.of(
                        FailureKind.EXTERNAL,
                        "RESTART_FAILED",
                        "It could not be stopped and started again on %s: %s.".formatted(at.node(), reason))));
    }

    /** The registry forgot those that are not there again: who heals must know of them. */
    static List<Effect> enterAgain(RollingOut rollout, Order order, Moment moment) {
        if (order.mode() != Mode.RESTART) {
            return List.of();
        }
        Course course = new Course(order, rollout.image(), moment);
        return rollout.replaced().stream()
                .filter(Standing::alive)
                .filter(standing -> rollout.candidate(standing.id())
                        .filter(candidate -> !(candidate instanceof Serving))
                        .isPresent())
                .map(standing -> new Started(Attempt.again(standing), standing.at(), standing.startedAt()))
                .<Effect>map(started -> started.register(course))
                .toList();
    }
}
