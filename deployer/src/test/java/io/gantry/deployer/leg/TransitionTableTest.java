package io.gantry.deployer.leg;

import static io.gantry.deployer.leg.Sample.ACCESS;
import static io.gantry.deployer.leg.Sample.DEADLINE;
import static io.gantry.deployer.leg.Sample.FAILURE;
import static io.gantry.deployer.leg.Sample.IMAGE;
import static io.gantry.deployer.leg.Sample.JOB;
import static io.gantry.deployer.leg.Sample.LATER;
import static io.gantry.deployer.leg.Sample.LOCAL_IMAGE;
import static io.gantry.deployer.leg.Sample.NODE;
import static io.gantry.deployer.leg.Sample.NOW;
import static io.gantry.deployer.leg.Sample.address;
import static io.gantry.deployer.leg.Sample.at;
import static io.gantry.deployer.leg.Sample.instance;
import static io.gantry.deployer.leg.Sample.order;
import static io.gantry.deployer.leg.Sample.runs;
import static io.gantry.deployer.leg.Sample.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.deployer.Mode;
import io.gantry.contract.healing.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every stage met with every input. A pair that is not in the table changes nothing. */
class TransitionTableTest {
    private static final String TABLE = """
            queued BUILD             + turn                -> awaiting-build: build
            queued BUILD             + cancel              -> cancelled
            queued BUILD             + alarm at deadline   -> timed-out
            queued BUILD, built      + turn                -> built: ImageBuilt
            queued BUILD, built      + cancel              -> cancelled
            queued BUILD, built      + alarm at deadline   -> timed-out
            queued RUN, not built    + turn                -> failed IMAGE_NOT_BUILT
            queued RUN, not built    + cancel              -> cancelled
            queued RUN, not built    + alarm at deadline   -> timed-out
            queued RUN               + turn                -> rolling-out placing: Place
            queued RUN               + cancel              -> cancelled
            queued RUN               + alarm at deadline   -> timed-out
            queued BUILD_AND_RUN     + turn                -> rolling-out placing: ImageBuilt, Place
            queued BUILD_AND_RUN     + cancel              -> cancelled
            queued BUILD_AND_RUN     + alarm at deadline   -> timed-out
            queued STOP              + turn                -> retiring deregistering: Deregister
            queued STOP              + cancel              -> cancelled
            queued STOP              + alarm at deadline   -> timed-out
            queued STOP, nothing     + turn                -> stopped
            queued STOP, nothing     + cancel              -> cancelled
            queued STOP, nothing     + alarm at deadline   -> timed-out
            queued RESTART           + turn                -> rolling-out placing: Place
            queued RESTART           + cancel              -> cancelled
            queued RESTART           + alarm at deadline   -> timed-out
            queued REVIVE            + turn                -> rolling-out reviving: revive
            queued REVIVE            + cancel              -> cancelled
            queued REVIVE            + alarm at deadline   -> timed-out
            queued REVIVE, hung      + turn                -> rolling-out stopping: stop
            queued REVIVE, hung      + cancel              -> cancelled
            queued REVIVE, hung      + alarm at deadline   -> timed-out
            queued REVIVE, stopped   + turn                -> failed NOT_WANTED
            queued REVIVE, stopped   + cancel              -> cancelled
            queued REVIVE, stopped   + alarm at deadline   -> timed-out
            queued MOVE              + turn                -> rolling-out placing: Place
            queued MOVE              + cancel              -> cancelled
            queued MOVE              + alarm at deadline   -> timed-out
            queued MOVE, stopped     + turn                -> failed NOT_WANTED
            queued MOVE, stopped     + cancel              -> cancelled
            queued MOVE, stopped     + alarm at deadline   -> timed-out
            queued SCALE_UP          + turn                -> rolling-out placing: Place
            queued SCALE_UP          + cancel              -> cancelled
            queued SCALE_UP          + alarm at deadline   -> timed-out
            queued SCALE_UP, nothing + turn                -> failed NOTHING_RUNS
            queued SCALE_UP, nothing + cancel              -> cancelled
            queued SCALE_UP, nothing + alarm at deadline   -> timed-out
            queued SCALE_DOWN        + turn                -> retiring deregistering: Deregister
            queued SCALE_DOWN        + cancel              -> cancelled
            queued SCALE_DOWN        + alarm at deadline   -> timed-out
            queued SCALE_DOWN, one   + turn                -> failed LAST_INSTANCE
            queued SCALE_DOWN, one   + cancel              -> cancelled
            queued SCALE_DOWN, one   + alarm at deadline   -> timed-out
            awaiting-build           + cancel              -> cancelled
            awaiting-build           + build began         -> building
            awaiting-build           + build failed        -> failed BROKEN
            awaiting-build           + alarm at deadline   -> timed-out
            building                 + cancel              -> cancelled
            building                 + build succeeded     -> pushing: push
            building                 + build failed        -> failed BROKEN
            building                 + alarm when late     -> failed BUILD_TIMED_OUT
            building                 + alarm at deadline   -> timed-out
            pushing BUILD            + cancel              -> cancelled: tidy
            pushing BUILD            + pushed              -> built: ImagePushed, tidy, ImageBuilt
            pushing BUILD            + nothing to push     -> awaiting-build: build
            pushing BUILD            + push failed         -> failed BROKEN: tidy
            pushing BUILD            + alarm when late     -> failed PUSH_TIMED_OUT: tidy
            pushing BUILD            + alarm at deadline   -> timed-out: tidy
            pushing BUILD_AND_RUN    + cancel              -> cancelled: tidy
            pushing BUILD_AND_RUN    + pushed              -> rolling-out placing: ImagePushed, tidy, ImageBuilt, Place
            pushing BUILD_AND_RUN    + nothing to push     -> awaiting-build: build
            pushing BUILD_AND_RUN    + push failed         -> failed BROKEN: tidy
            pushing BUILD_AND_RUN    + alarm when late     -> failed PUSH_TIMED_OUT: tidy
            pushing BUILD_AND_RUN    + alarm at deadline   -> timed-out: tidy
            stopping                 + cancel              -> cancelled
            stopping                 + node failed         -> rolling-out placing: Place
            stopping                 + stopped             -> rolling-out reviving: revive
            stopping                 + alarm when late     -> rolling-out placing: Place
            stopping                 + alarm at deadline   -> timed-out
            reviving                 + cancel              -> cancelled
            reviving                 + started             -> rolling-out verifying: InstanceStarted, verify
            reviving                 + node failed         -> rolling-out placing: Place
            reviving                 + not revived         -> rolling-out placing: Place
            reviving                 + alarm when late     -> rolling-out placing: Place
            reviving                 + alarm at deadline   -> timed-out
            verifying a revived      + cancel              -> cancelled
            verifying a revived      + verified            -> rolling-out registering: Register
            verifying a revived      + verification failed -> failed BROKEN
            verifying a revived      + alarm when late     -> failed VERIFICATION_STALLED
            verifying a revived      + alarm at deadline   -> timed-out
            registering a revived    + cancel              -> cancelled
            registering a revived    + registered          -> running: InstanceStands
            registering a revived    + alarm when late     -> failed REGISTRY_UNANSWERED
            registering a revived    + alarm at deadline   -> timed-out
            withdrawing              + cancel              -> cancelled: Register
            withdrawing              + deregistered        -> rolling-out stopping: stop
            withdrawing              + alarm when late     -> rolling-out stopping: stop
            withdrawing              + alarm at deadline   -> timed-out: Register
            withdrawing, and drains  + cancel              -> cancelled: Register
            withdrawing, and drains  + deregistered        -> rolling-out withdrawing
            withdrawing, and drains  + alarm when late     -> rolling-out withdrawing
            withdrawing, and drains  + alarm at deadline   -> timed-out: Register
            stopping to restart      + cancel              -> cancelled: Register
            stopping to restart      + node failed         -> failed RESTART_FAILED: Register
            stopping to restart      + stopped             -> rolling-out reviving: revive
            stopping to restart      + alarm when late     -> failed RESTART_FAILED: Register
            stopping to restart      + alarm at deadline   -> timed-out: Register
            starting again           + cancel              -> cancelled: Register
            starting again           + started             -> rolling-out verifying: InstanceStarted, verify
            starting again           + node failed         -> failed RESTART_FAILED: Register
            starting again           + not revived         -> failed RESTART_FAILED: Register
            starting again           + alarm when late     -> failed RESTART_FAILED: Register
            starting again           + alarm at deadline   -> timed-out: Register
            placing                  + cancel              -> cancelled: Release
            placing                  + placed              -> rolling-out starting: start
            placing                  + no room             -> rolling-out placing
            placing                  + alarm when late     -> failed PLACEMENT_UNANSWERED: Release
            placing                  + alarm at deadline   -> timed-out: Release
            starting                 + cancel              -> retiring removing: remove
            starting                 + started             -> rolling-out verifying: InstanceStarted, verify
            starting                 + node failed         -> rolling-out placing: remove, Release, Place
            starting                 + start failed        -> retiring removing: remove
            starting                 + image missing       -> retiring removing: ImageLost, remove
            starting                 + alarm when late     -> rolling-out placing: remove, Release, Place
            starting                 + alarm at deadline   -> retiring removing: remove
            verifying                + cancel              -> retiring removing: remove
            verifying                + verified            -> rolling-out registering: Register
            verifying                + verification failed -> retiring removing: remove
            verifying                + alarm when late     -> retiring removing: remove
            verifying                + alarm at deadline   -> retiring removing: remove
            registering              + cancel              -> retiring deregistering: Deregister
            registering              + registered          -> retiring deregistering: InstanceStands, Deregister
            registering              + alarm when late     -> retiring deregistering: Deregister
            registering              + alarm at deadline   -> retiring deregistering: Deregister
            starting a job           + cancel              -> retiring removing: remove
            starting a job           + started             -> rolling-out registering: InstanceStarted, Register
            starting a job           + node failed         -> rolling-out placing: remove, Release, Place
            starting a job           + start failed        -> retiring removing: remove
            starting a job           + image missing       -> retiring removing: ImageLost, remove
            starting a job           + alarm when late     -> rolling-out placing: remove, Release, Place
            starting a job           + alarm at deadline   -> retiring removing: remove
            registering a job        + cancel              -> retiring deregistering: Deregister
            registering a job        + registered          -> rolling-out verifying: verify
            registering a job        + alarm when late     -> retiring deregistering: Deregister
            registering a job        + alarm at deadline   -> retiring deregistering: Deregister
            verifying a job          + cancel              -> retiring deregistering: Deregister
            verifying a job          + verified            -> running: InstanceStands, Release
            verifying a job          + verification failed -> retiring deregistering: Deregister
            verifying a job          + alarm at deadline   -> retiring deregistering: Deregister
            deregistering            + deregistered        -> retiring removing: remove
            deregistering            + alarm when late     -> retiring removing: remove
            deregistering            + alarm at deadline   -> retiring removing: remove
            replaced                 + deregistered        -> retiring draining
            replaced                 + alarm when late     -> retiring draining
            replaced                 + alarm at deadline   -> retiring draining
            draining                 + alarm when late     -> retiring removing: remove
            draining                 + alarm at deadline   -> retiring removing: remove
            removing                 + removed             -> running: InstanceRetired, Release
            removing                 + removal failed      -> running: InstanceRetired, Release
            removing                 + alarm when late     -> running: InstanceRetired, Release
            removing                 + alarm at deadline   -> running: InstanceRetired, Release
            removing for STOP        + removed             -> stopped: InstanceRetired, Release
            removing for STOP        + removal failed      -> failed NOT_REMOVED: InstanceRetired, Release
            removing for STOP        + alarm when late     -> failed NOT_REMOVED: InstanceRetired, Release
            removing for STOP        + alarm at deadline   -> failed NOT_REMOVED: InstanceRetired, Release
            """;

    private record Case(Leg leg, Facts facts) {}

    @Test
    void every_pair_not_in_the_table_changes_nothing() {
        List<String> lines = new ArrayList<>();
        stages().forEach((stage, given) -> inputs().forEach((input, what) -> {
            Moment moment = at(what.at(), given.facts());
            Transition transition = given.leg().on(what.input(), moment);
            if (!transition.next().equals(given.leg().stage())
                    || !transition.effects().isEmpty()) {
                lines.add("%-24s + %-19s -> %s".formatted(stage, input, describe(transition)));
            }
        }));
        assertThat(String.join("\n", lines) + "\n").isEqualTo(TABLE);
    }

    private static Map<String, Case> stages() {
        Map<String, Case> stages = new LinkedHashMap<>();
        Facts one = runs(standing(0));
        stages.put("queued BUILD", queued(Mode.BUILD, Facts.NOTHING));
        stages.put("queued BUILD, built", queued(Mode.BUILD, one));
        stages.put("queued RUN, not built", queued(Mode.RUN, Facts.NOTHING));
        stages.put("queued RUN", queued(Mode.RUN, one));
        stages.put("queued BUILD_AND_RUN", queued(Mode.BUILD_AND_RUN, one));
        stages.put("queued STOP", queued(Mode.STOP, one));
        stages.put("queued STOP, nothing", queued(Mode.STOP, Facts.NOTHING));
        stages.put("queued RESTART", queued(Mode.RESTART, one));
        stages.put("queued REVIVE", queued(Mode.REVIVE, runs(Sample.dead(0))));
        stages.put(
                "queued REVIVE, hung",
                new Case(new Leg(Sample.revival(Fault.HUNG), new Queued(), 1), runs(standing(0))));
        stages.put("queued REVIVE, stopped", queued(Mode.REVIVE, Facts.NOTHING));
        stages.put("queued MOVE", queued(Mode.MOVE, one));
        stages.put("queued MOVE, stopped", queued(Mode.MOVE, Facts.NOTHING));
        stages.put("queued SCALE_UP", queued(Mode.SCALE_UP, one));
        stages.put("queued SCALE_UP, nothing", queued(Mode.SCALE_UP, Facts.NOTHING));
        stages.put("queued SCALE_DOWN", queued(Mode.SCALE_DOWN, runs(standing(0), standing(1))));
        stages.put("queued SCALE_DOWN, one", queued(Mode.SCALE_DOWN, one));
        stages.put("awaiting-build", in(Mode.BUILD, new AwaitingBuild()));
        stages.put("building", in(Mode.BUILD, new Building(LATER)));
        stages.put("pushing BUILD", in(Mode.BUILD, new Pushing(LOCAL_IMAGE, LATER)));
        stages.put("pushing BUILD_AND_RUN", in(Mode.BUILD_AND_RUN, new Pushing(LOCAL_IMAGE, LATER)));
        Attempt attempt = new Attempt(instance(0), ACCESS, 1, Set.of(), List.of());
        Started started = new Started(attempt, address(instance(0)), NOW);
        Attempt again = new Attempt(Sample.dead(0).id(), ACCESS, 1, Set.of(), List.of());
        stages.put("stopping", rolling(IMAGE, new Stopping(again, Sample.dead(0).at(), LATER)));
        stages.put("reviving", rolling(IMAGE, new Reviving(again, Sample.dead(0).at(), LATER)));
        stages.put("verifying a revived", reviving(new Verifying(started, false, LATER)));
        stages.put("registering a revived", reviving(new Registering(started, LATER)));
        stages.put("withdrawing", restarting(new Withdrawing(attempt, address(instance(0)), null, LATER)));
        stages.put(
                "withdrawing, and drains",
                restarting(new Withdrawing(
                        attempt, address(instance(0)), IMAGE.manifest().stop().drain(), LATER)));
        stages.put("stopping to restart", restarting(new Stopping(attempt, address(instance(0)), LATER)));
        stages.put("starting again", restarting(new Reviving(attempt, address(instance(0)), LATER)));
        stages.put("placing", rolling(IMAGE, new Placing(attempt, LATER, null, List.of())));
        stages.put("starting", rolling(IMAGE, new Starting(attempt, NODE, LATER)));
        stages.put("verifying", rolling(IMAGE, new Verifying(started, false, LATER)));
        stages.put("registering", rolling(IMAGE, new Registering(started, LATER)));
        stages.put("starting a job", rolling(JOB, new Starting(attempt, NODE, LATER)));
        stages.put("registering a job", rolling(JOB, new Registering(started, LATER)));
        stages.put("verifying a job", rolling(JOB, new Verifying(started, true, DEADLINE)));
        Leaver leaver = Leaver.of(instance(0), NODE, ACCESS, true);
        Leaver served = leaver.draining(IMAGE);
        var deregistering = new Retiring.Departure.Deregistering(leaver, LATER);
        var replaced = new Retiring.Departure.Deregistering(served, LATER);
        var draining = new Retiring.Departure.Draining(served, LATER);
        var removing = new Retiring.Departure.Removing(leaver, LATER);
        Ended running = new Ended.Running(IMAGE);
        stages.put("deregistering", in(Mode.RUN, new Retiring(running, List.of(deregistering), List.of())));
        stages.put("replaced", in(Mode.RUN, new Retiring(running, List.of(replaced), List.of())));
        stages.put("draining", in(Mode.RUN, new Retiring(running, List.of(draining), List.of())));
        stages.put("removing", in(Mode.RUN, new Retiring(running, List.of(removing), List.of())));
        stages.put("removing for STOP", in(Mode.STOP, new Retiring(new Ended.Stopped(), List.of(removing), List.of())));
        stages.put("built", in(Mode.BUILD, new Ended.Built(IMAGE)));
        stages.put("running", in(Mode.RUN, running));
        stages.put("stopped", in(Mode.STOP, new Ended.Stopped()));
        stages.put("failed", in(Mode.RUN, new Ended.Failed(FAILURE)));
        stages.put("cancelled", in(Mode.RUN, new Ended.Cancelled()));
        stages.put("timed-out", in(Mode.RUN, new Ended.TimedOut(FAILURE)));
        return stages;
    }

    private static Case queued(Mode mode, Facts facts) {
        return new Case(new Leg(order(mode), new Queued(), 1), facts);
    }

    private static Case in(Mode mode, Stage stage) {
        return new Case(new Leg(order(mode), stage, 1), Facts.NOTHING);
    }

    private static Case rolling(Image image, Candidate candidate) {
        List<Standing> replaced = image.equals(JOB) ? List.of() : List.of(standing(0));
        return in(Mode.RUN, new RollingOut(image, List.of(candidate), replaced));
    }

    /** The candidate is the one that died. */
    private static Case reviving(Candidate candidate) {
        Standing fallen = new Standing(address(candidate.id()), 3, ACCESS, NOW, false);
        return in(Mode.REVIVE, new RollingOut(IMAGE, List.of(candidate), List.of(fallen)));
    }

    /** The candidate is the one that is to be restarted. */
    private static Case restarting(Candidate candidate) {
        Standing restarted = new Standing(address(candidate.id()), 3, ACCESS, NOW, true);
        return in(Mode.RESTART, new RollingOut(IMAGE, List.of(candidate), List.of(restarted)));
    }

    private record What(Input input, Instant at) {}

    private static Map<String, What> inputs() {
        Map<String, What> inputs = new LinkedHashMap<>();
        inputs.put("turn", now(new Input.Turn()));
        inputs.put("cancel", now(new Input.Cancel()));
        inputs.put("build began", now(new Input.BuildBegan()));
        inputs.put("build succeeded", now(new Input.BuildSucceeded(LOCAL_IMAGE)));
        inputs.put("build failed", now(new Input.BuildFailed(FAILURE)));
        inputs.put("pushed", now(new Input.Pushed(IMAGE.reference())));
        inputs.put("nothing to push", now(new Input.NothingToPush()));
        inputs.put("push failed", now(new Input.PushFailed(FAILURE)));
        inputs.put("placed", now(new Input.Placed(ACCESS, NODE)));
        inputs.put("no room", now(new Input.NoRoom(ACCESS, "256Mi are missing", List.of())));
        inputs.put("started", now(new Input.Started(ACCESS, address(instance(0)), NOW)));
        inputs.put("node failed", now(new Input.NodeFailed(ACCESS, "its disk is full")));
        inputs.put("stopped", now(new Input.Stopped(ACCESS)));
        inputs.put("not revived", now(new Input.NotRevived(ACCESS)));
        inputs.put("start failed", now(new Input.StartFailed(ACCESS, FAILURE)));
        inputs.put("image missing", now(new Input.ImageMissing(ACCESS)));
        inputs.put("verified", now(new Input.Verified(ACCESS)));
        inputs.put("verification failed", now(new Input.VerificationFailed(ACCESS, FAILURE)));
        inputs.put("registered", now(new Input.Registered(instance(0))));
        inputs.put("deregistered", now(new Input.Deregistered(instance(0))));
        inputs.put("removed", now(new Input.Removed(instance(0), NODE)));
        inputs.put("removal failed", now(new Input.RemovalFailed(instance(0), NODE, "it is out of reach")));
        inputs.put("alarm too early", now(new Input.Alarm()));
        inputs.put("alarm when late", new What(new Input.Alarm(), LATER));
        inputs.put("alarm at deadline", new What(new Input.Alarm(), DEADLINE));
        inputs.put("placed for another", now(new Input.Placed(Sample.access(7), NODE)));
        inputs.put("started by another", now(new Input.Started(Sample.access(7), address(instance(0)), NOW)));
        inputs.put("verified for another", now(new Input.Verified(Sample.access(7))));
        inputs.put("registered another", now(new Input.Registered(instance(7))));
        inputs.put("deregistered another", now(new Input.Deregistered(instance(7))));
        inputs.put("removed elsewhere", now(new Input.Removed(instance(0), Sample.OTHER_NODE)));
        return inputs;
    }

    private static What now(Input input) {
        return new What(input, NOW);
    }

    private static String describe(Transition transition) {
        String effects =
                transition.effects().stream().map(TransitionTableTest::describe).collect(Collectors.joining(", "));
        return describe(transition.next()) + (effects.isEmpty() ? "" : ": " + effects);
    }

    private static String describe(Stage stage) {
        return switch (stage) {
            case RollingOut rolling -> "rolling-out " + steps(rolling.candidates());
            case Retiring retiring -> "retiring " + steps(retiring.departures());
            case Ended.Failed(var failure) -> "failed " + failure.code();
            default -> hyphenated(stage);
        };
    }

    private static String steps(List<?> steps) {
        return new TreeSet<>(steps.stream().map(TransitionTableTest::hyphenated).toList())
                .stream().collect(Collectors.joining(" "));
    }

    private static String hyphenated(Object stage) {
        return stage.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static String describe(Effect effect) {
        return switch (effect) {
            case Message.ToLoadBalancer(var request) -> request.getClass().getSimpleName();
            case Message.ToNodeManager(var command) -> command.getClass().getSimpleName();
            case Message.ToWhoeverListens(var event) -> event.getClass().getSimpleName();
            case Entry entry -> entry.getClass().getSimpleName();
            case Work work -> work.key().replaceAll("/.*", "");
        };
    }
}
