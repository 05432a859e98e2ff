package io.gantry.deployer.request;

import io.gantry.contract.AccessToken;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.deployer.ledger.Ledger;
import io.gantry.deployer.leg.Ended;
import io.gantry.deployer.leg.Entry;
import io.gantry.deployer.leg.Facts;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Limits;
import io.gantry.deployer.leg.Message;
import io.gantry.deployer.leg.Moment;
import io.gantry.deployer.leg.Order;
import io.gantry.deployer.leg.Queued;
import io.gantry.deployer.leg.Status;
import io.gantry.deployer.leg.Transition;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.work.Agenda;
import io.gantry.messaging.Tokens;
import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.function.SingletonSupplier;

/**
 * Takes legs forward: reads one, lets it decide, saves what it decided, all of it or nothing. When one ends, the next one
 * in its lane has its turn, and a request whose last leg has ended is answered.
 */
@Component
public class Legs {
    private final LegTable table;
    private final Ledger ledger;
    private final Agenda agenda;
    private final Post post;
    private final Conclusion conclusion;
    private final Limits limits;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Traces traces;
    private final LegTraces legTraces;

    Legs(
            LegTable table,
            Ledger ledger,
            Agenda agenda,
            Post post,
            Conclusion conclusion,
            Limits limits,
            Tokens tokens,
            InstantSource clock,
            Traces traces,
            LegTraces legTraces) {
        this.table = table;
        this.ledger = ledger;
        this.agenda = agenda;
        this.post = post;
        this.conclusion = conclusion;
        this.limits = limits;
        this.tokens = tokens;
        this.clock = clock;
        this.traces = traces;
        this.legTraces = legTraces;
    }

    /** @return whether the input changed anything; not if the leg no longer waits for it */
    @Transactional
    public boolean advance(LegId id, Input input) {
        table.lockLane(id.app(), id.service());
        Optional<Leg> leg = table.find(id);
        return leg.isPresent() && apply(leg.get(), input);
    }

    /** Cancels every leg of a request that can still be cancelled. */
    @Transactional
    public void cancel(DeploymentToken token) {
        List<Leg> legs = table.of(token);
        legs.forEach(leg -> table.lockLane(leg.id().app(), leg.id().service()));
        table.of(token).forEach(leg -> apply(leg, new Input.Cancel()));
    }

    /** Begins legs, each behind the unfinished ones of its service. A stop does not wait for them: it cancels them. */
    @Transactional
    public void begin(DeploymentToken token, List<Order> orders) {
        List<Order> inLaneOrder = orders.stream()
                .sorted(Comparator.comparing(order -> order.id().service()))
                .toList();
        inLaneOrder.forEach(order -> table.lockLane(order.id().app(), order.id().service()));
        inLaneOrder.forEach(order -> begin(order, inLaneOrder));
        conclusion.drawIfDone(token);
    }

    /** The youngest is cancelled first, so that none has its turn because the one before it has ended. */
    private void begin(Order order, List<Order> alongside) {
        List<Leg> before = lane(order);
        if (order.mode() == Mode.STOP && !before.isEmpty()) {
            before.reversed().forEach(earlier -> apply(earlier, new Input.Cancel()));
            before = lane(order);
        }
        Leg leg = Leg.begin(order);
        Transition first = before.stream().allMatch(earlier -> sideBySide(earlier.order(), order))
                ? leg.on(new Input.Turn(), moment(leg, alongside))
                : Transition.none(leg.stage());
        table.insert(leg.at(first.next()), clock.instant(), traces.here());
        follow(leg.at(first.next()), first);
        post.tellState(leg.at(first.next()), clock.instant());
    }

    public Optional<Leg> find(LegId id) {
        return table.find(id);
    }

    /** The leg of a request that an instance is a matter of. */
    public Optional<LegId> find(DeploymentToken token, InstanceId instance) {
        return table.ids(token).stream().filter(leg -> leg.concerns(instance)).findFirst();
    }

    /** Whether there was such a request, and it was answered: none of its legs starts anything any more. */
    public boolean isFinished(DeploymentToken token) {
        return conclusion.isDrawn(token);
    }

    private boolean apply(Leg leg, Input input) {
        Transition transition = leg.on(input, moment(leg));
        if (transition.isNothingTo(leg.stage())) {
            return false;
        }
        try (Activity _ = legTraces.within(leg.id())) {
            save(leg, transition);
        }
        return true;
    }

    private void save(Leg before, Transition transition) {
        Leg next = before.at(transition.next());
        Status status = before.stage().status();
        if (next.stage().status().state() != status.state()) {
            legTraces.leaves(before, clock.instant());
        }
        table.update(next, clock.instant());
        follow(next, transition);
        tell(status, next);
        if (next.stage() instanceof Ended) {
            ended(next);
        }
    }

    private void tell(Status before, Leg leg) {
        Status status = leg.stage().status();
        if (status.state() != before.state()) {
            post.tellState(leg, clock.instant());
        } else if (!status.equals(before)) {
            post.tellDetail(leg, status.detail(), clock.instant());
        }
    }

    private void ended(Leg leg) {
        forgoPlaces(leg);
        for (Optional<Leg> next = ready(leg.order()); next.isPresent(); next = ready(leg.order())) {
            apply(next.get(), new Input.Turn());
        }
        conclusion.drawIfDone(leg.id().token());
    }

    private void forgoPlaces(Leg leg) {
        if (leg.stage() instanceof Ended end && end.givenUp()) {
            LegId id = leg.id();
            post.send(id, new Message.ToLoadBalancer(new PlacementRequest.Forgo(id.token(), id.app(), id.service())));
        }
    }

    /** The first of a lane that waits though nothing is before it that it has to wait for. */
    private Optional<Leg> ready(Order order) {
        List<Leg> lane = lane(order);
        return IntStream.range(0, lane.size())
                .filter(place -> lane.get(place).stage() instanceof Queued)
                .filter(place -> lane.subList(0, place).stream()
                        .allMatch(earlier ->
                                sideBySide(earlier.order(), lane.get(place).order())))
                .mapToObj(lane::get)
                .findFirst();
    }

    /**
     * Adding one instance does not hinder adding another: ten at once take little longer than one. Nor does bringing one back
     * hinder bringing back another: those of a lost machine all come at once.
     */
    private static boolean sideBySide(Order earlier, Order later) {
        return earlier.mode() == later.mode()
                && switch (later.mode()) {
                    case SCALE_UP -> true;
                    case REVIVE -> !Objects.equals(earlier.instance(), later.instance());
                    case BUILD, RUN, BUILD_AND_RUN, STOP, RESTART, MOVE, SCALE_DOWN -> false;
                };
    }

    private void follow(Leg leg, Transition transition) {
        List<Work> work = new ArrayList<>();
        transition.effects().forEach(effect -> {
            switch (effect) {
                case Message message -> post.send(leg.id(), message);
                case Entry entry -> ledger.enter(leg.id(), entry);
                case Work toDo -> work.add(toDo);
            }
        });
        if (!work.isEmpty()) {
            agenda.add(leg.id(), work);
        }
    }

    private List<Leg> lane(Order order) {
        return table.lane(order.id().app(), order.id().service());
    }

    private Moment moment(Leg leg) {
        return moment(leg, List.of());
    }

    private Moment moment(Leg leg, List<Order> alongside) {
        SingletonSupplier<Facts> facts = SingletonSupplier.of(() -> ledger.factsFor(leg.order(), alongside));
        return new Moment(clock.instant(), limits, () -> new AccessToken(tokens.next()), facts::obtain);
    }
}
