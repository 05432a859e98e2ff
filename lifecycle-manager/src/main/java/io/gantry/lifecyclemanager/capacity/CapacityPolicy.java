package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.PoolNode;
import io.gantry.lifecyclemanager.capacity.Verdict.Decision;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a machine of a pool is to come or to go. It looks at nothing itself and changes nothing. Its rules are asked in their
 * order, and the first that has something to say decides: so one machine at a time comes or goes, and none goes while anything waits.
 */
final class CapacityPolicy {
    private final Situation situation;
    private final @Nullable CapacityReport report;

    private CapacityPolicy(Situation situation) {
        this.situation = situation;
        this.report = situation.report();
    }

    static Verdict judge(Situation situation) {
        return new CapacityPolicy(situation).judge();
    }

    private Verdict judge() {
        return Stream.<Supplier<Optional<Verdict>>>of(
                        this::calledOff,
                        this::leaving,
                        this::drained,
                        this::coming,
                        this::tooFew,
                        this::unheard,
                        this::unknown,
                        this::tooLittle,
                        this::idle)
                .flatMap(rule -> rule.get().stream())
                .findFirst()
                .orElse(Verdict.nothing("Nothing is short."));
    }

    // --- one is under way ---

    /** Whoever placed something on a machine had not heard yet that it is drained. */
    private Optional<Verdict> calledOff() {
        return situation
                .draining()
                .flatMap(machine -> whyKeep(machine).map(why -> Verdict.to(new Decision.Keep(machine), why)));
    }

    private Optional<String> whyKeep(PoolMachine machine) {
        if (situation
                .pool(machine)
                .filter(pool -> situation.staying(pool) < pool.min())
                .isPresent()) {
            return Optional.of("Its pool would have fewer machines than it is to have.");
        }
        CapacityReport heard = situation.heardSince(machine.leavingAt());
        if (heard != null && heard.waiting() > 0) {
            return Optional.of("%d instances wait for room.".formatted(heard.waiting()));
        }
        return node(heard, machine)
                .filter(node -> node.idleSince() == null)
                .map(_ -> "Something was placed there before it was cordoned.");
    }

    private Optional<Verdict> leaving() {
        return situation.found().there().stream()
                .filter(machine -> situation.fleet().machine(machine).isEmpty())
                .sorted()
                .findFirst()
                .map(machine -> Verdict.nothing(machine + " leaves the fleet."));
    }

    private Optional<Verdict> drained() {
        return situation
                .draining()
                .map(machine -> isEmpty(machine)
                        ? Verdict.to(new Decision.Remove(machine), "It is drained: nothing runs there.")
                        : Verdict.nothing(machine.name() + " is drained."));
    }

    /** The load-balancer places nothing there any more, and both it and the engine say that nothing is there. */
    private boolean isEmpty(PoolMachine machine) {
        Integer instances = situation.found().instances().get(machine.name());
        return node(situation.heardSince(machine.leavingAt()), machine)
                        .filter(node -> node.cordoned() && node.idleSince() != null)
                        .isPresent()
                && instances != null
                && instances == 0;
    }

    private Optional<Verdict> coming() {
        return situation.machines().stream()
                .filter(machine -> !situation.found().instances().containsKey(machine.name()))
                .findFirst()
                .map(this::coming);
    }

    private Verdict coming(PoolMachine machine) {
        if (situation.found().readySince().containsKey(machine.name())) {
            return Verdict.nothing(machine.name() + " does not answer.");
        }
        boolean inVain = situation
                .pool(machine)
                .filter(pool -> situation.staying(pool) > pool.min())
                .filter(pool ->
                        situation.isOver(machine.addedAt(), pool.idleFor().value()))
                .isPresent();
        return inVain && situation.nothingWaits()
                ? Verdict.to(
                        new Decision.Remove(machine), "It has not become ready, and nothing waits for it any more.")
                : Verdict.nothing(machine.name() + " is on its way.");
    }

    // --- what is missing ---

    private Optional<Verdict> tooFew() {
        return situation.fleet().pools().stream()
                .filter(pool -> situation.staying(pool) < pool.min())
                .findFirst()
                .map(pool -> Verdict.to(
                        new Decision.Add(pool),
                        "%s is to have at least %d machines, and has %d."
                                .formatted(pool.name(), pool.min(), situation.staying(pool))));
    }

    private Optional<Verdict> unheard() {
        if (report == null || !situation.isFresh(report)) {
            return Optional.of(Verdict.nothing(
                    report == null || report.saysNothing()
                            ? "Nothing is short."
                            : "The load-balancer has not been heard since %s; nothing follows from what it said then."
                                    .formatted(report.at())));
        }
        return Optional.empty();
    }

    /** What waits in a report that does not know a machine may have room on that machine. */
    private Optional<Verdict> unknown() {
        return situation.machines().stream()
                .filter(machine -> node(report, machine)
                        .filter(node -> node.ready() && !node.cordoned())
                        .isEmpty())
                .findFirst()
                .map(machine -> Verdict.nothing(machine.name() + " takes no instances yet."));
    }

    private Optional<Verdict> tooLittle() {
        if (report == null || report.waiting() == 0) {
            return Optional.empty();
        }
        if (report.shortages().isEmpty()) {
            return Optional.of(Verdict.nothing(
                    "%d instances wait for the node that the rest of their app is on: another would not help."
                            .formatted(report.waiting())));
        }
        List<Remedy> remedies = report.shortages().stream()
                .flatMap(shortage -> situation.fleet().pools().stream()
                        .map(pool -> new Remedy(shortage, pool, situation.staying(pool), situation.changedAt(pool))))
                .toList();
        return Optional.of(remedies.stream()
                .filter(remedy -> remedy.obstacle(situation.now()).isEmpty())
                .findFirst()
                .map(remedy -> Verdict.to(new Decision.Add(remedy.pool()), remedy.need() + "."))
                .orElseGet(() -> Verdict.nothing(obstacles(remedies))));
    }

    /** Of what has waited longest. */
    private String obstacles(List<Remedy> remedies) {
        Remedy first = remedies.getFirst();
        List<String> obstacles = new ArrayList<>();
        remedies.stream()
                .filter(remedy -> remedy.shortage().equals(first.shortage()))
                .forEach(remedy -> remedy.obstacle(situation.now()).ifPresent(obstacles::add));
        return "%s; %s.".formatted(first.need(), String.join("; ", obstacles));
    }

    // --- what is too much ---

    private Optional<Verdict> idle() {
        return situation.machines().stream()
                .filter(this::mayGo)
                .min(Comparator.comparing(this::idleSince).thenComparing(PoolMachine::name))
                .map(machine -> Verdict.to(
                        new Decision.Drain(machine), "Nothing has run there since %s.".formatted(idleSince(machine))));
    }

    private boolean mayGo(PoolMachine machine) {
        Integer instances = situation.found().instances().get(machine.name());
        return instances != null
                && instances == 0
                && situation
                        .pool(machine)
                        .filter(pool -> situation.staying(pool) > pool.min())
                        .filter(pool -> situation.isOver(
                                idleSince(machine), pool.idleFor().value()))
                        .filter(pool -> situation.isOver(
                                situation.changedAt(pool), pool.coolDown().value()))
                        .isPresent();
    }

    /** @return as late as can be, if it is not idle */
    private Instant idleSince(PoolMachine machine) {
        return node(report, machine)
                .flatMap(node -> Optional.ofNullable(node.idleSince()))
                .orElse(Instant.MAX);
    }

    private static Optional<PoolNode> node(@Nullable CapacityReport report, PoolMachine machine) {
        return report == null
                ? Optional.empty()
                : report.nodes().stream()
                        .filter(node -> node.node().value().equals(machine.name()))
                        .findFirst();
    }
}
