package io.gantry.deployer.leg;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.registry.RegistryCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances leave: first the registry forgets them, so that nobody is given their addresses any more; where others serve in
 * their place they drain, as somebody may hold an address still; then they are stopped and removed. There is no way back,
 * so a cancel changes nothing. One that can't be removed in time is given up; it goes when its node answers again.
 *
 * @param end what the leg ends as once they are gone
 * @param leftBehind those that were given up, and why
 */
public record Retiring(Ended end, List<Departure> departures, List<String> leftBehind) implements Stage {
    public Retiring {
        departures = List.copyOf(departures);
        leftBehind = List.copyOf(leftBehind);
    }

    static Transition begin(Ended end, List<Leaver> leavers, Order order, Moment moment) {
        List<Departure> departures = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        for (Leaver leaver : leavers) {
            Departure departure = Departure.begin(leaver, order, moment);
            departures.add(departure);
            effects.addAll(departure.effects(order));
        }
        return new Retiring(end, departures, List.of()).settle(effects);
    }

    @Override
    public Transition on(Input input, Order order, Moment moment) {
        return switch (input) {
            case Input.Deregistered(var instance) -> deregistered(instance, order, moment);
            case Input.Removed(var instance, var node) ->
                find(instance) instanceof Departure.Removing departure && departure.isOn(node)
                        ? gone(departure, order)
                        : unchanged();
            case Input.RemovalFailed(var instance, var node, var reason) ->
                find(instance) instanceof Departure.Removing departure && departure.isOn(node)
                        ? giveUp(departure, reason, order)
                        : unchanged();
            case Input.Alarm() -> overdue(order, moment);
            default -> unchanged();
        };
    }

    @Override
    public Status status() {
        String after = end.status().detail();
        String what = departures.size() == 1 ? "1 instance leaves" : departures.size() + " instances leave";
        return new Status(ServiceState.STOPPING, after == null ? what : what + " after: " + after);
    }

    @Override
    public Instant due(Order order) {
        return departures.stream()
                .map(Departure::due)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Transition deregistered(InstanceId instance, Order order, Moment moment) {
        return find(instance) instanceof Departure.Deregistering departure
                ? advance(departure, departure.after(order, moment), order)
                : unchanged();
    }

    private Transition advance(Departure departure, Departure further, Order order) {
        List<Departure> next = departures.stream()
                .map(each -> each.equals(departure) ? further : each)
                .toList();
        return Transition.to(new Retiring(end, next, leftBehind), further.effects(order));
    }

    private Transition gone(Departure departure, Order order) {
        return without(departure, leftBehind, order);
    }

    private Transition giveUp(Departure departure, String reason, Order order) {
        List<String> behind = new ArrayList<>(leftBehind);
        behind.add("%s on %s, because %s"
                .formatted(departure.leaver().id(), departure.leaver().node(), reason));
        return without(departure, behind, order);
    }

    private Transition without(Departure departure, List<String> behind, Order order) {
        List<Departure> rest =
                departures.stream().filter(each -> !each.equals(departure)).toList();
        return new Retiring(end, rest, behind)
                .settle(List.of(
                        new Entry.InstanceRetired(departure.leaver().id()),
                        departure.leaver().release(order.id())));
    }

    private Transition overdue(Order order, Moment moment) {
        Transition soFar = unchanged();
        for (Departure departure : departures) {
            if (!moment.now().isBefore(departure.due()) && soFar.next() instanceof Retiring retiring) {
                Transition next = switch (departure) {
                    case Departure.Deregistering deregistering ->
                        retiring.advance(departure, deregistering.after(order, moment), order);
                    case Departure.Draining draining ->
                        retiring.advance(departure, draining.after(order, moment), order);
                    case Departure.Removing _ -> retiring.giveUp(departure, "it took too long", order);
                };
                soFar = next.after(soFar.effects());
            }
        }
        return soFar;
    }

    private Transition settle(List<Effect> effects) {
        return Transition.to(departures.isEmpty() ? end.leaving(leftBehind) : this, effects);
    }

    private @Nullable Departure find(InstanceId instance) {
        return departures.stream()
                .filter(departure -> departure.leaver().id().equals(instance))
                .findFirst()
                .orElse(null);
    }

    /** One instance on its way out. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Departure.Deregistering.class, name = "deregistering"),
        @JsonSubTypes.Type(value = Departure.Draining.class, name = "draining"),
        @JsonSubTypes.Type(value = Departure.Removing.class, name = "removing")
    })
    public sealed interface Departure {
        Leaver leaver();

        Instant due();

        default List<Effect> effects(Order order) {
            return List.of();
        }

        static Departure begin(Leaver leaver, Order order, Moment moment) {
            return leaver.registered()
                    ? new Deregistering(leaver, due(moment.limits().deregister(), order, moment))
                    : Removing.begin(leaver, order, moment);
        }

        private static Instant due(Duration limit, Order order, Moment moment) {
            return order.within(moment.now().plus(limit), moment.now());
        }

        record Deregistering(Leaver leaver, Instant due) implements Departure {
            @Override
            public List<Effect> effects(Order order) {
                return List.of(new Message.ToNodeManager(
                        new RegistryCommand.Deregister(order.id().token(), leaver.id())));
            }

            Departure after(Order order, Moment moment) {
                TimeSpan drain = leaver.drain();
                return drain == null
                        ? Removing.begin(leaver, order, moment)
                        : new Draining(leaver, Departure.due(drain.value(), order, moment));
            }
        }

        record Draining(Leaver leaver, Instant due) implements Departure {
            Departure after(Order order, Moment moment) {
                return Removing.begin(leaver, order, moment);
            }
        }

        record Removing(Leaver leaver, Instant due) implements Departure {
            static Removing begin(Leaver leaver, Order order, Moment moment) {
                return new Removing(leaver, Departure.due(moment.limits().remove(), order, moment));
            }

            boolean isOn(NodeId node) {
                return leaver.node().equals(node);
            }

            @Override
            public List<Effect> effects(Order order) {
                return List.of(
                        new Work.RemoveInstance(leaver.id(), leaver.node(), leaver.access(), leaver.registered()));
            }
        }
    }
}
