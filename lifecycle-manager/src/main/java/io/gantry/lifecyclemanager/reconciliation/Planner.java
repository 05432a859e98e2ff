package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.PlatformService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Fit;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.lifecyclemanager.replica.Replica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares what is to be with what was found. It looks at nothing itself and changes nothing. */
final class Planner {
    static final String MYSELF = "lifecycle-manager";

    private final Desired desired;
    private final Seen seen;
    private final Replica self;
    private final Optional<String> resized;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> waitsFor = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private boolean handsOver;

    private Planner(Desired desired, Seen seen, String ownMachine) {
        this.desired = desired;
        this.seen = seen;
        this.self = new Replica(MYSELF, ownMachine);
        this.resized = Resizes.next(desired, seen);
    }

    /** @param ownMachine where the lifecycle manager that asks runs */
    static Plan plan(Desired desired, Seen seen, String ownMachine) {
        return new Planner(desired, seen, ownMachine).plan();
    }

    private Plan plan() {
        desired.fleet().machines().forEach(machine -> machine(seen.machine(machine.name())));
        desired.fleet().machines().forEach(machine -> size(seen.machine(machine.name())));
        desired.fleet().startOrder().waves().stream()
                .flatMap(Collection::stream)
                .forEach(this::service);
        seen.machines().values().forEach(this::surplus);
        seen.machines().values().stream()
                .filter(machine -> !isWanted(machine.name()))
                .forEach(this::leave);
        return new Plan(steps, waitsFor, refused, handsOver);
    }

    private boolean isWanted(String machine) {
        return desired.fleet().machine(machine).isPresent();
    }

    private void machine(SeenMachine machine) {
        switch (machine.power()) {
            case ABSENT, HALF_MADE -> steps.add(new Step.CreateMachine(machine.name()));
            case OFF ->
                steps.add(
                        isResized(machine)
                                ? new Step.ResizeMachine(machine.name())
                                : new Step.StartMachine(machine.name()));
            case ON -> engine(machine);
            case UNKNOWN -> {
                if (machine.prepared()) {
                    engine(machine);
                } else {
                    waitsFor.add("the provider to say what became of " + machine.name());
                }
            }
        }
    }

    private void engine(SeenMachine machine) {
        if (!machine.prepared()) {
            prepare(machine.name());
            return;
        }
        switch (machine.sight()) {
            case Sight.NotAsked() -> waitsFor.add("a look at " + machine.name());
            case Sight.Silent silent when silent.mended() -> prepare(machine.name());
            case Sight.Silent silent -> waitsFor.add(silent.why());
            case Sight.Running running -> {
                // Nothing to do for the machine itself.
            }
        }
    }

    /** An engine is prepared for the registry that it is to trust. */
    private void prepare(String machine) {
        Optional<String> awaited =
                desired.assignment().first("container-registry").filter(registry -> hasNoAddress(registry));
        if (awaited.isEmpty()) {
            steps.add(new Step.PrepareDocker(machine));
        } else {
            waitsFor.add("the address of %s, before Docker is prepared on %s".formatted(awaited.get(), machine));
        }
    }

    private boolean hasNoAddress(String machine) {
        return switch (seen.machine(machine).power()) {
            case ABSENT, HALF_MADE -> true;
            case ON, OFF, UNKNOWN -> false;
        };
    }

    private void size(SeenMachine machine) {
        switch (machine.fit()) {
            case Fit.Right() -> {
                // Nothing to do.
            }
            case Fit.Untold() when seen.answers(machine.name()) -> steps.add(new Step.NoteSize(machine.name()));
            case Fit.Untold() -> waitsFor.add("%s to answer, to be known by its size".formatted(machine.name()));
            case Fit.Refused(var why) -> {
                waitsFor.add(why);
                refused.add(why);
            }
            case Fit.Wrong()
            when Resizes.isFromOutside(desired.fleet(), machine.name()) ->
                waitsFor.add("gantry up to resize %s, which the fleet began with".formatted(machine.name()));
            case Fit.Wrong() when isResized(machine) -> resizeWhenEmpty(machine);
            case Fit.Wrong() ->
                waitsFor.add("all other machines to answer, before %s is resized".formatted(machine.name()));
        }
    }

    private boolean isResized(SeenMachine machine) {
        return resized.filter(machine.name()::equals).isPresent();
    }

    /** What serves there serves elsewhere by then, and nothing new comes. One that is off is resized at once. */
    private void resizeWhenEmpty(SeenMachine machine) {
        if (!(machine.sight() instanceof Sight.Running running)) {
            return;
        }
        if (!machine.cordoned()) {
            waitsFor.add("others to know that %s takes nothing new, before it is resized".formatted(machine.name()));
        } else if (running.instances() > 0) {
            waitsFor.add(
                    "%d instances to leave %s, before it is resized".formatted(running.instances(), machine.name()));
        } else if (machine.name().equals(self.machine())) {
            handsOver |= anotherManagerIsReady();
            waitsFor.add("another lifecycle manager to act, before %s is resized, where this one runs"
                    .formatted(machine.name()));
        } else {
            steps.add(new Step.ResizeMachine(machine.name()));
        }
    }

    private void service(PlatformService service) {
        List<String> machines = desired.assignment().of(service.name());
        if (machines.size() < service.replicas()) {
            waitsFor.add("a machine more that may run %s: %d of %d replicas have one"
                    .formatted(service.name(), machines.size(), service.replicas()));
        }
        machines.forEach(machine -> replica(service, new Replica(service.name(), machine)));
    }

    private void replica(PlatformService service, Replica replica) {
        if (!seen.answers(replica.machine())) {
            waitsFor.add("%s to be ready for %s".formatted(replica.machine(), service.name()));
            return;
        }
        String digest = desired.digests().get(replica);
        Optional<SeenService> found = seen.service(replica);
        if (replica.equals(self)) {
            handsOver |= digest != null
                    && found.filter(container -> !container.digest().equals(digest))
                            .isPresent()
                    && anotherManagerIsReady();
        } else if (digest == null) {
            waitsFor.add("the addresses of those that %s works with".formatted(replica));
        } else if (found.filter(
                        container -> container.running() && container.digest().equals(digest))
                .isEmpty()) {
            start(service, replica);
        } else if (!isReady(replica)) {
            waitsFor.add("%s to become ready".formatted(replica));
        }
    }

    private void start(PlatformService service, Replica replica) {
        List<String> awaited =
                service.needs().stream().filter(need -> !isReady(need)).toList();
        if (awaited.isEmpty()) {
            steps.add(new Step.EnsureService(replica.service(), replica.machine()));
        } else {
            waitsFor.add("%s, which %s needs".formatted(String.join(", ", awaited), replica));
        }
    }

    /** All replicas of it on machines that answer are ready, and there is one. What is elsewhere is ready. */
    private boolean isReady(String service) {
        if (desired.fleet().service(service).isEmpty()) {
            return true;
        }
        List<Replica> reached = desired.assignment().of(service).stream()
                .filter(machine -> seen.answers(machine) || machine.equals(self.machine()))
                .map(machine -> new Replica(service, machine))
                .toList();
        return !reached.isEmpty() && reached.stream().allMatch(this::isReady);
    }

    private boolean isReady(Replica replica) {
        return replica.equals(self) || seen.isReady(replica);
    }

    private boolean anotherManagerIsReady() {
        return desired.assignment().of(MYSELF).stream()
                .map(machine -> new Replica(MYSELF, machine))
                .anyMatch(replica -> !replica.equals(self) && seen.isReady(replica));
    }

    /** What is to run elsewhere is removed here once it is ready there. */
    private void surplus(SeenMachine machine) {
        if (machine.sight() instanceof Sight.Running running) {
            running.services().keySet().stream()
                    .map(service -> new Replica(service, machine.name()))
                    .filter(replica -> !desired.assignment().has(replica))
                    .forEach(this::remove);
        }
    }

    private void remove(Replica replica) {
        if (!isReady(replica.service())) {
            waitsFor.add(
                    "%s to be ready elsewhere, before it leaves %s".formatted(replica.service(), replica.machine()));
        } else if (!replica.equals(self)) {
            steps.add(new Step.RemoveService(replica.service(), replica.machine()));
        } else {
            handsOver |= anotherManagerIsReady();
        }
    }

    /** A machine is deleted when nothing runs there any more, and nothing new comes. */
    private void leave(SeenMachine machine) {
        switch (machine.power()) {
            case ABSENT, HALF_MADE, OFF -> steps.add(new Step.DeleteMachine(machine.name()));
            case ON, UNKNOWN -> leaveWhenEmpty(machine);
        }
    }

    private void leaveWhenEmpty(SeenMachine machine) {
        switch (machine.sight()) {
            case Sight.NotAsked() -> steps.add(new Step.DeleteMachine(machine.name()));
            case Sight.Silent silent -> waitsFor.add(silent.why());
            case Sight.Running(var services, var instances) -> {
                if (!services.isEmpty()) {
                    waitsFor.add("platform services to leave " + machine.name());
                } else if (instances > 0) {
                    waitsFor.add("%d instances to leave %s".formatted(instances, machine.name()));
                } else if (!machine.cordoned()) {
                    waitsFor.add(
                            "others to know that %s takes nothing new, before it is deleted".formatted(machine.name()));
                } else {
                    steps.add(new Step.DeleteMachine(machine.name()));
                }
            }
        }
    }
}
