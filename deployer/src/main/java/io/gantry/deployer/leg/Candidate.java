package io.gantry.deployer.leg;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.placement.Veto;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.RegistryCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One instance on its way to serve. A service is registered once it is verified; a job, which is verified by its end, before. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Candidate.Stopping.class, name = "stopping"),
    @JsonSubTypes.Type(value = Candidate.Reviving.class, name = "reviving"),
    @JsonSubTypes.Type(value = Candidate.Placing.class, name = "placing"),
    @JsonSubTypes.Type(value = Candidate.Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = Candidate.Verifying.class, name = "verifying"),
    @JsonSubTypes.Type(value = Candidate.Registering.class, name = "registering"),
    @JsonSubTypes.Type(value = Candidate.Serving.class, name = "serving"),
    @JsonSubTypes.Type(value = Candidate.Broken.class, name = "broken")
})
public sealed interface Candidate {
    Attempt attempt();

    /** The step that follows, with what it brings about; the same step where the input is nothing to it. */
    Progress on(Input input, Course course);

    ServiceState state();

    Instant due();

    /** What there is to be removed if the rollout is undone; nothing before a node was named. */
    @Nullable
    Leaver leaver();

    default InstanceId id() {
        return attempt().instance();
    }

    default Progress stays() {
        return new Progress(this, List.of());
    }

    /** Another instance; its node will do for that too. */
    private static Progress inPlaceOf(Attempt attempt, Course course) {
        return Placing.begin(attempt.by(course.leg().instance(0), course.moment()), course);
    }

    /** Another instance, elsewhere. */
    private static Progress inPlaceOf(Attempt attempt, InstanceAddress at, String reason, Course course) {
        return inPlaceOf(attempt.elsewhere(at.node(), reason, course.moment()), course);
    }

    default boolean isOverdue(Course course) {
        return !course.now().isBefore(due());
    }

    /** @param effects what the step brings about */
    record Progress(Candidate next, List<Effect> effects) {
        static Progress to(Candidate next, Effect... effects) {
            return new Progress(next, List.of(effects));
        }

        /** These first, then what the step brings about anyway. */
        Progress after(Effect... earlier) {
            return new Progress(
                    next, Stream.concat(Stream.of(earlier), effects.stream()).toList());
        }
    }

    /** What a candidate's way depends on besides itself. */
    record Course(Order order, Image image, Moment moment) {
        Instant now() {
            return moment.now();
        }

        LegId leg() {
            return order.id();
        }

        Limits limits() {
            return moment.limits();
        }

        Instant in(Duration limit) {
            return order.within(now().plus(limit), now());
        }
    }

    /**
     * Its container runs, but it is hung: it is being stopped. That is over and written down before the container is started
     * again, so none that was started again is ever stopped, whatever is done twice. Where it can't be stopped, another takes
     * its place.
     */
    record Stopping(Attempt attempt, InstanceAddress at, Instant due) implements Candidate {
        static Progress begin(Standing hung, Course course) {
            Attempt attempt = Attempt.again(hung);
            return Progress.to(
                    new Stopping(attempt, hung.at(), course.in(course.limits().remove())),
                    new Work.StopInstance(hung.id(), attempt.access()));
        }

        @Override
        public Progress on(Input input, Course course) {
            return switch (input) {
                case Input.Stopped(var _) -> Reviving.begin(attempt, at, course);
                case Input.NodeFailed(var _, var reason) -> inPlaceOf(attempt, at, reason, course);
                case Input.Alarm()
                when isOverdue(course) -> inPlaceOf(attempt, at, "it took too long to stop it", course);
                default -> stays();
            };
        }

        @Override
        public ServiceState state() {
            return ServiceState.STOPPING;
        }

        @Override
        public Leaver leaver() {
            return new Leaver(id(), at.node(), attempt.access(), true);
        }
    }

    /** Its container, which has ended, is being started again where it is. Where that can't be, another takes its place. */
    record Reviving(Attempt attempt, InstanceAddress at, Instant due) implements Candidate {
        static Progress begin(Standing fallen, Course course) {
            return begin(Attempt.again(fallen), fallen.at(), course);
        }

        static Progress begin(Attempt attempt, InstanceAddress at, Course course) {
            return Progress.to(
                    new Reviving(attempt, at, course.in(course.limits().revive())),
                    new Work.ReviveInstance(at.id(), attempt.access()));
        }

        @Override
        public Progress on(Input input, Course course) {
            return switch (input) {
                case Input.Started(var _, var where, var startedAt) -> started(where, startedAt, course);
                case Input.NotRevived(var _) -> inPlaceOf(attempt, course);
                case Input.NodeFailed(var _, var reason) -> inPlaceOf(attempt, at, reason, course);
                case Input.Alarm()
                when isOverdue(course) -> inPlaceOf(attempt, at, "it took too long to start it again", course);
                default -> stays();
            };
        }

        private Progress started(InstanceAddress where, Instant startedAt, Course course) {
            Started started = new Started(attempt, where, startedAt);
            return Verifying.begin(started, course).after(started.news(course));
        }

        @Override
        public ServiceState state() {
            return ServiceState.STARTING;
        }

        @Override
        public Leaver leaver() {
            return new Leaver(id(), at.node(), attempt.access(), true);
        }
    }

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
                    course.moment().facts().get().accompanied(),
                    attempt.avoid(),
                    due);
        }

        @Override
        public Progress on(Input input, Course course) {
            return switch (input) {
                case Input.Placed(var _, var node) ->
                    Progress.to(
                            new Starting(
                                    attempt, node, course.in(course.limits().start())),
                            new Work.StartInstance(id(), attempt.access()));
                case Input.NoRoom(var _, var missing, var reasons) ->
                    Progress.to(new Placing(attempt, due, missing, reasons));
                case Input.Alarm() when isOverdue(course) -> Progress.to(new Broken(attempt, null, false, noNode()));
                default -> stays();
            };
        }

        private Failure noNode() {
            return shortfall == null
                    ? Failure.of(
                            FailureKind.EXTERNAL, "PLACEMENT_UNANSWERED", "The load-balancer named no node in time.")
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

    /** Its container is being started on the node. */
    record Starting(Attempt attempt, NodeId node, Instant due) implements Candidate {
        @Override
        public Progress on(Input input, Course course) {
            return switch (input) {
                case Input.Started(var _, var at, var startedAt) -> started(at, startedAt, course);
                case Input.NodeFailed(var _, var reason) -> elsewhere(reason, course);
                case Input.StartFailed(var _, var failure) -> Progress.to(broken(failure));
                case Input.ImageMissing(var _) ->
                    Progress.to(
                            broken(Failure.of(
                                    FailureKind.EXTERNAL,
                                    "IMAGE_MISSING",
                                    "The registry no longer has the image: BUILD this version again.")),
                            new Entry.ImageLost(course.image().version()));
                case Input.Alarm() when isOverdue(course) -> elsewhere("it took too long to start", course);
                default -> stays();
            };
        }

        private Progress started(InstanceAddress at, Instant startedAt, Course course) {
            Started started = new Started(attempt, at, startedAt);
            Progress next =
                    course.image().isJob() ? Registering.begin(started, course) : Verifying.begin(started, course);
            return next.after(started.news(course));
        }

        /** Whatever the node holds of the attempt is removed, but nobody waits for that: it may be out of reach. */
        private Progress elsewhere(String reason, Course course) {
            if (attempt.number() >= course.limits().nodes()) {
                return Progress.to(broken(Failure.of(
                        FailureKind.EXTERNAL,
                        "START_FAILED",
                        "No node could start it: " + attempt.because(node, reason))));
            }
            return Placing.begin(attempt.elsewhere(node, reason, course.moment()), course)
                    .after(new Work.RemoveInstance(id(), node, attempt.access(), false), attempt.release(course.leg()));
        }

        private Broken broken(Failure failure) {
            return new Broken(attempt, node, false, failure);
        }

        @Override
        public ServiceState state() {
            return ServiceState.STARTING;
        }

        @Override
        public Leaver leaver() {
            return new Leaver(id(), node, attempt.access(), false);
        }
    }

    /** A container that was started, and where it is reached. */
    record Started(Attempt attempt, InstanceAddress at, Instant startedAt) {
        Leaver leaver(boolean registered) {
            return new Leaver(at.id(), at.node(), attempt.access(), registered);
        }

        Broken broken(boolean registered, Failure failure) {
            return new Broken(attempt, at.node(), registered, failure);
        }

        Message news(Course course) {
            LegId leg = course.leg();
            return new Message.ToWhoeverListens(
                    new DeployerEvent.InstanceStarted(leg.token(), leg.app(), leg.service(), at, course.now()));
        }

        Instance entry(Course course) {
            LegId leg = course.leg();
            Image image = course.image();
            return new Instance(
                    at.id(),
                    leg.app(),
                    leg.service(),
                    image.version(),
                    image.manifest().kind(),
                    image.reference(),
                    leg.token(),
                    at.node(),
                    at.address(),
                    at.port(),
                    image.manifest().resources(),
                    image.manifest().health(),
                    startedAt,
                    InstanceState.RUNNING,
                    null);
        }
    }

    /** Its container runs; whether it serves is being found out. */
    record Verifying(Started started, boolean registered, Instant due) implements Candidate {
        static Progress begin(Started started, Course course) {
            var grace = course.image().manifest().health().gracePeriod().value();
            return begin(started, false, course.in(grace.plus(course.limits().verify())));
        }

        /** A job may run until the deadline. */
        static Progress beginJob(Started started, Course course) {
            return begin(started, true, course.order().deadline());
        }

        private static Progress begin(Started started, boolean registered, Instant due) {
            Verifying verifying = new Verifying(started, registered, due);
            return Progress.to(
                    verifying,
                    new Work.VerifyInstance(verifying.id(), verifying.attempt().access()));
        }

        @Override
        public Progress on(Input input, Course course) {
            return switch (input) {
                case Input.Verified(var _) ->
                    registered ? Serving.begin(started, course) : Registering.begin(started, course);
                case Input.VerificationFailed(var _, var failure) -> Progress.to(started.broken(registered, failure));
                case Input.Alarm()
                when isOverdue(course) ->
                    Progress.to(started.broken(
                            registered,
                            Failure.of(
                                    FailureKind.EXTERNAL,
                                    "VERIFICATION_STALLED",
                                    "Nobody could say in time whether the instance serves.")));
                default -> stays();
            };
        }

        @Override
        public Attempt attempt() {
            return started.attempt();
        }

        @Override
        public ServiceState state() {
            return ServiceState.VERIFYING;
        }

        @Override
        public Leaver leaver() {
            return started.leaver(registered);
        }
    }

    /** Waits for the node-manager to confirm its entry in the service registry. */
    record Registering(Started started, Instant due) implements Candidate {
        static Progress begin(Started started, Course course) {
            return Progress.to(
                    new Registering(started, course.in(course.limits().register())),
                    new Message.ToNodeManager(
                            new RegistryCommand.Register(course.leg().token(), started.entry(course))));
        }

        @Override
        public Progress on(Input input, Course course) {
            return switch (input) {
                case Input.Registered(var _) ->
                    course.image().isJob() ? Verifying.beginJob(started, course) : Serving.begin(started, course);
                case Input.Alarm()
                when isOverdue(course) ->
                    Progress.to(started.broken(
                            true,
                            Failure.of(
                                    FailureKind.EXTERNAL,
                                    "REGISTRY_UNANSWERED",
                                    "The node-manager did not confirm the instance in time.")));
                default -> stays();
            };
        }

        @Override
        public Attempt attempt() {
            return started.attempt();
        }

        @Override
        public ServiceState state() {
            return ServiceState.REGISTERING;
        }

        @Override
        public Leaver leaver() {
            return started.leaver(true);
        }
    }

    /** It serves. A job has run to its end, and needs its place no longer. */
    record Serving(Started started) implements Candidate {
        static Progress begin(Started started, Course course) {
            Entry stands = new Entry.InstanceStands(new Standing(
                    started.at(), course.image().version(), started.attempt().access(), started.startedAt(), true));
            Serving serving = new Serving(started);
            return course.image().isJob()
                    ? Progress.to(serving, stands, started.attempt().release(course.leg()))
                    : Progress.to(serving, stands);
        }

        @Override
        public Progress on(Input input, Course course) {
            return stays();
        }

        @Override
        public Attempt attempt() {
            return started.attempt();
        }

        @Override
        public ServiceState state() {
            return ServiceState.RUNNING;
        }

        @Override
        public Instant due() {
            return Instant.MAX;
        }

        @Override
        public Leaver leaver() {
            return started.leaver(true);
        }
    }

    /** It will never serve. */
    record Broken(Attempt attempt, @Nullable NodeId node, boolean registered, Failure failure) implements Candidate {
        @Override
        public Progress on(Input input, Course course) {
            return stays();
        }

        @Override
        public ServiceState state() {
            return ServiceState.FAILED;
        }

        @Override
        public Instant due() {
            return Instant.MAX;
        }

        @Override
        public @Nullable Leaver leaver() {
            return node == null ? null : new Leaver(id(), node, attempt.access(), registered);
        }
    }
}
