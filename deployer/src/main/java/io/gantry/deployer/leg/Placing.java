package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.placement.Veto;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the load-balancer to name a node.
 *
 * @param shortfall what is missing, once the load-balancer has said so
 */
record Placing(Attempt attempt, Instant due, @Nullable String shortfall, List<Veto> vetoes) implements Candidate {
    static Progress begin(Attempt attempt, Course course) {
        Placing placing = new Placing(attempt, course.in(course.limits().place()), null, List.of());
        return Progress.to(placing, new Message.ToLoadBalancer(placing.request(course)));
    }

    /** Another instance in place of this one; its node will do for that too. */
    static Progress inPlaceOf(Attempt attempt, InstanceAddress at, Course course) {
        return course.isRestart()
                ? RestartInPlace.failed(attempt, at, "its container is gone, or can't be started again")
                : by(attempt, course);
    }

    /** Another instance in place of this one, elsewhere. */
    static Progress inPlaceOf(Attempt attempt, InstanceAddress at, String reason, Course course) {
        return course.isRestart()
                ? RestartInPlace.failed(attempt, at, reason)
                : by(attempt.elsewhere(at.node(), reason, course.moment()), course);
    }

    private static Progress by(Attempt attempt, Course course) {
        return begin(attempt.by(course.leg().instance(0), course.moment()), course);
    }

    private PlacementRequest request(Course course) {
        var manifest = course.image().manifest();
        return new PlacementRequest.Place(
                attempt.access(),
                course.leg().token(),
                course.leg().app(),
                course.leg().service(),
                course.image().version(),
                attempt.instance(),
                manifest.resources(),
                manifest.placement(),
                manifest.scale(),
                companions(course),
                attempt.avoid(),
                due);
    }

    private List<PlacementRequest.Companion> companions(Course course) {
        return course.moment().facts().get().wanted().stream()
                .filter(companion -> !companion.instance().equals(attempt.instance()))
                .toList();
    }

    @Override
    public Progress on(Input input, Course course) {
        return switch (input) {
            case Input.Placed(var _, var node) ->
                Progress.to(
                        new Starting(attempt, node, course.in(course.limits().start())),
                        new Work.StartInstance(id(), attempt.access()));
            case Input.NoRoom(var _, var missing, var reasons) ->
                Progress.to(new Placing(attempt, due, missing, reasons));
            case Input.Alarm() when isOverdue(course) -> Progress.to(new Broken(attempt, null, false, noNode()));
            default -> stays();
        };
    }

    private Failure noNode() {
        return shortfall == null
                ? Failure.of(FailureKind.EXTERNAL, "PLACEMENT_UNANSWERED", "The load-balancer named no node in time.")
                : Failure.of(FailureKind.CAPACITY, "NO_CAPACITY", "No node had room in time: " + missing())
                        .withLog(vetoes.stream()
                                .map(veto -> "%s: %s (%s)".formatted(veto.node(), veto.reason(), veto.filter()))
                                .toList());
    }

    private String missing() {
        return attempt.failures().isEmpty()
                ? String.valueOf(shortfall)
                : "%s (tried before: %s)".formatted(shortfall, String.join("; ", attempt.failures()));
    }

    @Override
    public ServiceState state() {
        return ServiceState.PLACING;
    }

    @Override
    public @Nullable Leaver leaver() {
        return null;
    }
}
