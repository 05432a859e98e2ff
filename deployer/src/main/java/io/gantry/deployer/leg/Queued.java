package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Waits until no earlier request for the service is unfinished; then decides what to do from what is so at that time. */
public record Queued() implements Stage {
    @Override
    public Transition on(Input input, Order order, Moment moment) {
        return switch (input) {
            case Input.Turn() -> begin(order, moment);
            case Input.Cancel() -> Transition.to(new Ended.Cancelled());
            case Input.Alarm() when order.isOver(moment.now()) -> Transition.to(timedOut());
            default -> unchanged();
        };
    }

    @Override
    public Status status() {
        return new Status(ServiceState.QUEUED, "waits for an earlier request for this service");
    }

    @Override
    public Instant due(Order order) {
        return order.deadline();
    }

    private static Transition begin(Order order, Moment moment) {
        Facts facts = moment.facts().get();
        return switch (order.mode()) {
            case BUILD, BUILD_AND_RUN -> build(order, facts, moment);
            case RUN ->
                facts.built() == null
                        ? refuse(
                                "IMAGE_NOT_BUILT",
                                "Version %d has no image: BUILD it first."
                                        .formatted(order.named().version()))
                        : RollingOut.replace(facts.built(), facts, order, moment);
            case STOP ->
                Retiring.begin(
                        new Ended.Stopped(),
                        facts.standing().stream().map(Leaver::of).toList(),
                        order,
                        moment);
            case RESTART ->
                facts.running() == null ? nothingRuns() : RollingOut.restart(facts.running(), facts, order, moment);
            case REVIVE ->
                forInstance(order, facts, (image, fallen) -> RollingOut.revive(image, fallen, order, moment));
            case MOVE -> forInstance(order, facts, (image, moved) -> RollingOut.move(image, moved, order, moment));
            case SCALE_UP ->
                facts.running() == null ? nothingRuns() : RollingOut.addOne(facts.running(), facts, order, moment);
            case SCALE_DOWN ->
                facts.running() == null ? nothingRuns() : removeYoungest(facts.running(), facts, order, moment);
        };
    }

    private static Transition build(Order order, Facts facts, Moment moment) {
        return facts.built() != null && facts.fresh()
                ? Pushing.imageIsThere(facts.built(), true, order, moment)
                : Transition.to(new AwaitingBuild(), new Work.BuildImage());
    }

    /** Nobody brings back or moves what was stopped or replaced, nor a job, which would do its work once more. */
    private static Transition forInstance(Order order, Facts facts, BiFunction<Image, Standing, Transition> wanted) {
        Image running = facts.running();
        Optional<Standing> instance = facts.standing().stream()
                .filter(standing -> standing.id().equals(order.instance()))
                .findFirst();
        return instance.isEmpty() || running == null || running.isJob()
                ? refuse(DeployerCommand.Revive.NOT_WANTED, "The instance was stopped or replaced.")
                : wanted.apply(running, instance.get());
    }

    private static Transition removeYoungest(Image image, Facts facts, Order order, Moment moment) {
        List<Standing> alive = facts.standing().stream().filter(Standing::alive).toList();
        if (alive.size() < 2) {
            return refuse("LAST_INSTANCE", "Only one instance runs: STOP the service to remove it.");
        }
        Standing youngest = alive.stream()
                .max(Comparator.comparing(Standing::startedAt).thenComparing(Standing::id))
                .orElseThrow();
        Stream<Standing> dead = facts.standing().stream().filter(standing -> !standing.alive());
        return Retiring.begin(
                new Ended.Running(image),
                Stream.concat(Stream.of(youngest), dead)
                        .map(standing -> Leaver.outOf(image, standing))
                        .toList(),
                order,
                moment);
    }

    private static Transition nothingRuns() {
        return refuse("NOTHING_RUNS", "No instance of the service runs: RUN it first.");
    }

    private static Transition refuse(String code, String sentence) {
        return Transition.to(new Ended.Failed(Failure.of(FailureKind.REQUEST, code, sentence)));
    }
}
