package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.healing.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * New instances are brought up, all at the same time. Once all of them serve, those they replace are retired; as soon as
 * one can't serve, all new ones are, and what ran before goes on.
 *
 * <p>An instance that is revived, or restarted in place, is both: a candidate, and one of those to be replaced. It stays, whatever comes of it; only
 * where another has to be brought up instead does it go.
 *
 * @param replaced the instances that go once the new ones serve
 */
public record RollingOut(Image image, List<Candidate> candidates, List<Standing> replaced) implements Stage {
    public RollingOut {
        candidates = List.copyOf(candidates);
        replaced = List.copyOf(replaced);
    }

    /** The image in place of all that runs, as many instances as run now, but not fewer than the service asks for. */
    static Transition replace(Image image, Facts facts, Order order, Moment moment) {
        int running = Math.max(1, facts.standing().size());
        int wanted = image.isJob() ? 1 : Math.max(image.manifest().scale().min(), running);
        return begin(image, wanted, facts.standing(), order, moment);
    }

    static Transition restart(Image image, Facts facts, Order order, Moment moment) {
        return begin(image, facts.standing().size(), facts.standing(), order, moment);
    }

    /** One more; whatever has died in the meantime is cleared away. */
    static Transition addOne(Image image, Facts facts, Order order, Moment moment) {
        List<Standing> dead =
                facts.standing().stream().filter(standing -> !standing.alive()).toList();
        return begin(image, 1, dead, order, moment);
    }

    /** The one that died or is hung, again; or another in place of it. */
    static Transition revive(Image image, Standing fallen, Order order, Moment moment) {
        Course course = new Course(order, image, moment);
        Progress begun = order.fault() == Fault.HUNG ? Stopping.begin(fallen, course) : Reviving.begin(fallen, course);
        return Transition.to(new RollingOut(image, List.of(begun.next()), List.of(fallen)), begun.effects());
    }

    /** Another one elsewhere; then this one goes. */
    static Transition move(Image image, Standing moved, Order order, Moment moment) {
        Attempt attempt = Attempt.inPlaceOf(moved, order.id().instance(0), moment);
        Progress begun = Placing.begin(attempt, new Course(order, image, moment));
        return Transition.to(new RollingOut(image, List.of(begun.next()), List.of(moved)), begun.effects());
    }

    private static Transition begin(Image image, int count, List<Standing> replaced, Order order, Moment moment) {
        Course course = new Course(order, image, moment);
        List<Progress> begun = IntStream.range(0, count)
                .mapToObj(ordinal -> Attempt.first(order.id().instance(ordinal), moment))
                .map(attempt -> Placing.begin(attempt, course))
                .toList();
        return Transition.to(new RollingOut(image, next(begun), replaced), effects(begun));
    }

    @Override
    public Transition on(Input input, Order order, Moment moment) {
        return switch (input) {
            case Input.Cancel() -> undo(new Ended.Cancelled(), order, moment);
            case Input.Alarm() when order.isOver(moment.now()) -> undo(timedOut(), order, moment);
            case Input.Alarm() -> advance(input, order, moment);
            case Input.OfAttempt _, Input.Registered _, Input.Deregistered _ -> advance(input, order, moment);
            default -> unchanged();
        };
    }

    @Override
    public Status status() {
        List<Candidate> underWay = candidates.stream()
                .filter(candidate -> !(candidate instanceof Serving))
                .toList();
        ServiceState slowest = underWay.stream()
                .map(Candidate::state)
                .min(Comparator.naturalOrder())
                .orElse(ServiceState.RUNNING);
        return new Status(slowest, detail(underWay));
    }

    private @Nullable String detail(List<Candidate> underWay) {
        boolean stayWhereTheyAre = candidates.stream().anyMatch(this::isRevived);
        for (Candidate candidate : underWay) {
            if (candidate instanceof Placing placing && placing.shortfall() != null && !stayWhereTheyAre) {
                return "waits for room: " + placing.shortfall();
            }
        }
        String soFar = "%d of %d instances serve".formatted(candidates.size() - underWay.size(), candidates.size());
        return candidates.size() == 1
                ? null
                : soFar + (stayWhereTheyAre ? ", one after the other for want of room" : "");
    }

    @Override
    public Instant due(Order order) {
        return candidates.stream()
                .map(Candidate::due)
                .min(Comparator.naturalOrder())
                .filter(due -> due.isBefore(order.deadline()))
                .orElse(order.deadline());
    }

    /** The candidate that is being brought up under this access token. */
    public @Nullable Candidate attempt(AccessToken access) {
        return candidates.stream()
                .filter(candidate -> candidate.attempt().access().equals(access))
                .findFirst()
                .orElse(null);
    }

    /** Whether the instance is being brought up on this node, in whichever attempt. */
    public boolean isOn(NodeId node, InstanceId instance) {
        return candidates.stream()
                .map(Candidate::leaver)
                .filter(Objects::nonNull)
                .anyMatch(leaver -> leaver.node().equals(node) && leaver.id().equals(instance));
    }

    Optional<Candidate> candidate(InstanceId instance) {
        return candidates.stream()
                .filter(candidate -> candidate.id().equals(instance))
                .findFirst();
    }

    private Transition advance(Input input, Order order, Moment moment) {
        Course course = new Course(order, image, moment);
        List<Progress> progress = candidates.stream()
                .map(candidate -> concerns(candidate, input) ? candidate.on(input, course) : candidate.stays())
                .toList();
        RollingOut next = new RollingOut(image, next(progress), replaced);
        return next.settle(order, moment).after(effects(progress));
    }

    private Transition settle(Order order, Moment moment) {
        for (Candidate candidate : candidates) {
            if (candidate instanceof Broken broken) {
                return undo(new Ended.Failed(broken.failure()), order, moment);
            }
        }
        return candidates.stream().allMatch(Serving.class::isInstance)
                ? Retiring.begin(new Ended.Running(image), leaving(), order, moment)
                : RestartInPlace.next(this, order, moment);
    }

    private List<Leaver> leaving() {
        return replaced.stream()
                .filter(standing -> candidate(standing.id()).isEmpty())
                .map(standing -> Leaver.outOf(image, standing))
                .toList();
    }

    private boolean isRevived(Candidate candidate) {
        return replaced.stream().anyMatch(standing -> standing.id().equals(candidate.id()));
    }

    private Transition undo(Ended end, Order order, Moment moment) {
        List<Leaver> leavers = candidates.stream()
                .filter(candidate -> !isRevived(candidate))
                .map(this::takenBack)
                .filter(Objects::nonNull)
                .toList();
        List<Effect> released = new ArrayList<>();
        candidates.stream()
                .filter(candidate -> candidate.leaver() == null)
                .forEach(candidate -> released.add(candidate.attempt().release(order.id())));
        released.addAll(RestartInPlace.enterAgain(this, order, moment));
        return Retiring.begin(end, leavers, order, moment).after(released);
    }

    private @Nullable Leaver takenBack(Candidate candidate) {
        return candidate instanceof Serving serving ? Leaver.outOf(image, serving.standing(image)) : candidate.leaver();
    }

    private static boolean concerns(Candidate candidate, Input input) {
        return switch (input) {
            case Input.OfAttempt of -> candidate.attempt().access().equals(of.access());
            case Input.Registered(var instance) -> candidate.id().equals(instance);
            case Input.Deregistered(var instance) -> candidate.id().equals(instance);
            default -> true;
        };
    }

    private static List<Candidate> next(List<Progress> progress) {
        return progress.stream().map(Progress::next).toList();
    }

    private static List<Effect> effects(List<Progress> progress) {
        return progress.stream().flatMap(each -> each.effects().stream()).toList();
    }
}
