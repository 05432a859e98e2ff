package io.gantry.acceptance.crash;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.gantry.acceptance.crash.World.Container;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What must be so once all is quiet again, whatever happened before: nothing is lost, nothing doubled, nothing left over. */
final class Invariants {
    private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT");

    /** Who asks for another mode is the platform itself. */
    private static final Set<String> DEVELOPERS = Set.of("BUILD", "RUN", "BUILD_AND_RUN", "STOP");

    private final History history;
    private final World world;
    private final List<Violation> violations = new ArrayList<>();

    private Invariants(History history, World world) {
        this.history = history;
        this.world = world;
    }

    static List<Violation> broken(History history, World world) {
        var invariants = new Invariants(history, world);
        invariants.everyRequestEndsOnce();
        invariants.everyRequestIsAnsweredOnce();
        invariants.asManyServeAsAreWanted();
        invariants.containersAndRowsAreTheSame();
        invariants.whatRunsIsWhatWasBuilt();
        invariants.noTwoHaveOnePort();
        invariants.schedulesFireOnce();
        invariants.uploadsAreThere();
        invariants.nothingIsReservedForNobody();
        invariants.nothingIsLeftToDo();
        invariants.nobodyActsAfterItsTime();
        return List.copyOf(invariants.violations);
    }

    private void everyRequestEndsOnce() {
        history.asked().forEach(asked -> {
            List<String> states = world.deployments().stream()
                    .filter(deployment -> deployment.token().equals(asked.token()))
                    .map(World.Deployment::state)
                    .toList();
            if (states.size() != 1 || !asked.mayEnd().contains(states.getFirst())) {
                found("I1", "%s is %s, not one of %s", asked.token(), states, asked.mayEnd());
            }
        });
        Set<String> asked = history.asked().stream().map(History.Asked::token).collect(toSet());
        Set<String> planned = world.runs().stream()
                .map(World.Run::deployment)
                .filter(Objects::nonNull)
                .collect(toSet());
        world.deployments().stream()
                .filter(each -> DEVELOPERS.contains(each.mode()))
                .filter(each -> !asked.contains(each.token()) && !planned.contains(each.token()))
                .forEach(each -> found("I1", "nobody asked for %s", each));
        world.deployments().stream()
                .filter(each -> !FINAL.contains(each.state()))
                .forEach(each -> found("I1", "%s goes on for ever", each));
    }

    private void everyRequestIsAnsweredOnce() {
        world.requests().forEach(request -> {
            List<String> replies = world.replies().stream()
                    .filter(reply -> reply.token().equals(request.token()))
                    .map(World.Reply::outcome)
                    .toList();
            if (request.outcome() == null || !replies.equals(List.of(request.outcome()))) {
                found("I10", "%s was answered %s", request, replies);
            }
        });
        Set<String> known = world.requests().stream().map(World.Request::token).collect(toSet());
        world.replies().stream()
                .filter(reply -> !known.contains(reply.token()))
                .forEach(reply -> found("I10", "%s answers nothing that was asked", reply));
    }

    private void asManyServeAsAreWanted() {
        history.wanted().forEach((app, wanted) -> {
            List<String> serving = world.running()
                    .filter(container -> container.app().equals(app))
                    .map(Container::name)
                    .toList();
            if (serving.size() != wanted) {
                found("I6", "%s has %s, not %d", app, serving, wanted);
            }
        });
        twice(world.running().map(Container::instance)).forEach(instance -> found("I2", "%s serves twice", instance));
    }

    private void containersAndRowsAreTheSame() {
        world.containers().stream()
                .filter(container -> !container.name().equals(container.instance()))
                .forEach(container -> found("I2", "%s has a name that its engine would not refuse again", container));
        difference(instances(), rows()).forEach(lost -> found("I3", "%s has no row", lost));
        difference(rows(), instances()).forEach(lost -> found("I3", "%s is a row without a container", lost));
        world.rows().stream().filter(row -> !row.state().equals("RUNNING")).forEach(row -> found("I3", "%s", row));
    }

    private void whatRunsIsWhatWasBuilt() {
        world.running()
                .filter(container -> world.recorded().stream()
                        .noneMatch(image -> image.app().equals(container.app())
                                && image.service().equals(container.service())
                                && image.version() == container.version()
                                && image.reference().equals(container.image())))
                .forEach(container -> found("I8", "%s runs an image that is not recorded for it", container));
    }

    private void noTwoHaveOnePort() {
        twice(world.running()
                        .filter(container -> container.port() != null)
                        .map(container -> container.node() + ":" + container.port()))
                .forEach(port -> found("I9", "%s is of two containers", port));
        difference(world.portsHeld().stream().map(World.PortHeld::instance).toList(), instances())
                .forEach(gone -> found("ports", "%s holds a port and is not there", gone));
    }

    private void schedulesFireOnce() {
        twice(world.runs().stream().map(run -> run.schedule() + " at " + run.due()))
                .forEach(run -> found("I7", "%s fired twice", run));
        history.planned().forEach(planned -> {
            long runs = world.runs().stream()
                    .filter(run -> run.schedule().equals(planned.id()) && run.deployment() != null)
                    .count();
            if (runs != 1) {
                found("I7", "%s fired %d times", planned, runs);
            }
        });
        Set<String> planned =
                history.planned().stream().map(History.Planned::id).collect(toSet());
        world.runs().stream()
                .filter(run -> !planned.contains(run.schedule()))
                .forEach(run -> found("I7", "nobody planned %s", run));
    }

    private void uploadsAreThere() {
        history.uploads().forEach(upload -> {
            long known = world.versions().stream()
                    .filter(version -> version.app().equals(upload.app())
                            && version.sha256().equals(upload.sha256()))
                    .count();
            if (known != 1 || !world.blobs().contains(upload.sha256())) {
                found(
                        "uploads",
                        "%s is known %d times, stored: %s",
                        upload,
                        known,
                        world.blobs().contains(upload.sha256()));
            }
        });
    }

    private void nothingIsReservedForNobody() {
        List<String> reserved =
                world.reserved().stream().map(World.Reserved::instance).toList();
        difference(reserved, instances()).forEach(gone -> found("reservations", "%s is not there", gone));
        difference(instances(), reserved).forEach(lost -> found("reservations", "nothing is set aside for %s", lost));
    }

    private void nothingIsLeftToDo() {
        world.unsettled().forEach(each -> found("unsettled", "%s", each.what()));
        world.ownerless().forEach(each -> found("ownerless", "%s", each));
    }

    private void nobodyActsAfterItsTime() {
        long newest = 0;
        for (World.Step step : world.steps()) {
            if (step.fencing() < newest) {
                found("I5", "%s was entered when number %d acted already", step, newest);
            }
            newest = Math.max(newest, step.fencing());
        }
    }

    private List<String> instances() {
        return world.containers().stream().map(Container::instance).toList();
    }

    private List<String> rows() {
        return world.rows().stream().map(World.Row::instance).toList();
    }

    private static Set<String> difference(Collection<String> some, Collection<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(Set.copyOf(others));
        return rest;
    }

    private static List<String> twice(Stream<String> all) {
        return all.collect(groupingBy(Function.identity(), counting())).entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private void found(String rule, String what, Object... parts) {
        violations.add(new Violation(rule, what.formatted(parts)));
    }
}
