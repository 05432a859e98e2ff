package io.gantry.deployer.leg;

import static io.gantry.deployer.leg.Sample.IMAGE;
import static io.gantry.deployer.leg.Sample.NOW;
import static io.gantry.deployer.leg.Sample.access;
import static io.gantry.deployer.leg.Sample.address;
import static io.gantry.deployer.leg.Sample.at;
import static io.gantry.deployer.leg.Sample.dead;
import static io.gantry.deployer.leg.Sample.instance;
import static io.gantry.deployer.leg.Sample.order;
import static io.gantry.deployer.leg.Sample.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.deployer.Mode;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.registry.RegistryCommand;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A restart where no node has room for more than what runs, or not for all of it twice. */
class RestartInPlaceTest {
    private static final String FULL = "256Mi are missing";
    private static final Instant WITHDRAWN = NOW.plusSeconds(10);

    private final Order restart = order(Mode.RESTART);

    private Transition begin(Standing... standing) {
        Image running = new Image(Sample.RELEASE, IMAGE.reference());
        List<Standing> ofItsVersion = List.of(standing).stream()
                .map(each -> new Standing(each.at(), IMAGE.version(), each.access(), each.startedAt(), each.alive()))
                .toList();
        Facts facts = new Facts(running, true, running, ofItsVersion, List.of());
        return new Queued().on(new Input.Turn(), restart, at(NOW, facts));
    }

    private Transition then(Transition before, Input input) {
        return then(before, input, NOW);
    }

    private Transition then(Transition before, Input input, Instant now) {
        return before.next().on(input, restart, at(now, Facts.NOTHING));
    }

    private Transition noRoom(Transition before, int... attempts) {
        Transition now = before;
        for (int attempt : attempts) {
            now = then(now, new Input.NoRoom(access(attempt), FULL, List.of()));
        }
        return now;
    }

    private Transition stoppedAndStarted(Transition before, Standing standing) {
        Transition now = then(before, new Input.Deregistered(standing.id()));
        now = then(now, new Input.Alarm(), WITHDRAWN);
        now = then(now, new Input.Stopped(standing.access()));
        now = then(now, new Input.Started(standing.access(), standing.at(), NOW));
        now = then(now, new Input.Verified(standing.access()));
        return then(now, new Input.Registered(standing.id()));
    }

    private Transition serves(Transition before, int ordinal) {
        Transition now = then(before, new Input.Placed(access(ordinal), Sample.NODE));
        now = then(now, new Input.Started(access(ordinal), address(instance(ordinal)), NOW));
        now = then(now, new Input.Verified(access(ordinal)));
        return then(now, new Input.Registered(instance(ordinal)));
    }

    private static List<Candidate> candidates(Transition transition) {
        return ((RollingOut) transition.next()).candidates();
    }

    private static List<RegistryCommand> toNodeManager(Transition transition) {
        return transition.effects().stream()
                .filter(Message.ToNodeManager.class::isInstance)
                .map(message -> ((Message.ToNodeManager) message).command())
                .toList();
    }

    @Test
    void the_only_one_is_withdrawn_stopped_and_started_again() {
        Transition full = noRoom(begin(standing(0)), 0);
        assertThat(candidates(full)).singleElement().isInstanceOf(Withdrawing.class);
        assertThat(full.effects())
                .containsExactly(
                        new Message.ToLoadBalancer(new PlacementRequest.Release(
                                access(0), Sample.LEG.token(), Sample.LEG.app(), instance(0))),
                        new Message.ToNodeManager(new RegistryCommand.Deregister(
                                Sample.LEG.token(), standing(0).id())));
        Transition withdrawn = then(full, new Input.Deregistered(standing(0).id()));
        assertThat(withdrawn.effects())
                .containsExactly(
                        new Work.StopInstance(standing(0).id(), standing(0).access()));
        Transition stopped = then(withdrawn, new Input.Stopped(standing(0).access()));
        assertThat(stopped.effects())
                .containsExactly(
                        new Work.ReviveInstance(standing(0).id(), standing(0).access()));
        assertThat(stoppedAndStarted(full, standing(0)).next()).isEqualTo(new Ended.Running(IMAGE));
    }

    @Test
    void several_are_restarted_one_after_the_other_and_each_drains_first() {
        Transition full = noRoom(begin(standing(0), standing(1)), 0);
        assertThat(candidates(full)).as("the other may be placed").allMatch(Placing.class::isInstance);
        Transition first = noRoom(full, 1);
        assertThat(candidates(first)).hasExactlyElementsOfTypes(Withdrawing.class, Placing.class);
        Transition draining = then(first, new Input.Deregistered(standing(0).id()));
        assertThat(draining.effects()).isEmpty();
        assertThat(candidates(draining)).first().extracting(Candidate::due).isEqualTo(NOW.plusSeconds(5));
        Transition second = stoppedAndStarted(first, standing(0));
        assertThat(candidates(second)).hasExactlyElementsOfTypes(Serving.class, Withdrawing.class);
        assertThat(second.next().status().detail())
                .isEqualTo("1 of 2 instances serve, one after the other for want of room");
        assertThat(stoppedAndStarted(second, standing(1)).next()).isEqualTo(new Ended.Running(IMAGE));
    }

    @Test
    void where_there_is_room_for_one_more_it_comes_first_and_the_one_it_replaces_goes() {
        Transition one = noRoom(begin(standing(0), standing(1)), 1);
        Transition second = serves(one, 0);
        assertThat(candidates(second)).hasExactlyElementsOfTypes(Serving.class, Withdrawing.class);
        assertThat(stoppedAndStarted(second, standing(0)).next())
                .isInstanceOfSatisfying(
                        Retiring.class,
                        retiring -> assertThat(retiring.departures())
                                .extracting(departure -> departure.leaver().id())
                                .containsExactly(standing(1).id()));
    }

    @Test
    void those_that_do_not_run_are_started_first() {
        Transition full = noRoom(begin(standing(0), dead(1)), 0, 1);
        assertThat(candidates(full)).first().isInstanceOf(Reviving.class);
        assertThat(candidates(full)).first().extracting(Candidate::id).isEqualTo(dead(1).id());
    }

    @Test
    void one_that_does_not_come_up_again_is_told_to_the_registry_and_the_others_are_left_alone() {
        Transition full = noRoom(begin(standing(0), standing(1)), 0, 1);
        Transition draining = then(full, new Input.Deregistered(standing(0).id()));
        Transition stopping = then(draining, new Input.Alarm(), WITHDRAWN);
        Transition stopped = then(stopping, new Input.Stopped(standing(0).access()));
        Transition failed = then(stopped, new Input.NotRevived(standing(0).access()));
        assertThat(failed.next())
                .isInstanceOfSatisfying(
                        Ended.Failed.class,
                        end -> assertThat(end.failure().message()).contains("on node-1: its container is gone"));
        assertThat(toNodeManager(failed))
                .singleElement()
                .isInstanceOfSatisfying(
                        RegistryCommand.Register.class,
                        register -> assertThat(register.instance())
                                .isEqualTo(standing(0).id()));
        assertThat(failed.effects())
                .contains(new Message.ToLoadBalancer(
                        new PlacementRequest.Release(access(1), Sample.LEG.token(), Sample.LEG.app(), instance(1))));
    }

    @Test
    void only_a_restart_stops_what_runs_for_want_of_room() {
        Image running = new Image(Sample.RELEASE, IMAGE.reference());
        Facts facts = new Facts(running, true, running, List.of(standing(0)), List.of());
        Transition run = new Queued().on(new Input.Turn(), order(Mode.RUN), at(NOW, facts));
        Transition full =
                run.next().on(new Input.NoRoom(access(0), FULL, List.of()), order(Mode.RUN), at(NOW, Facts.NOTHING));
        assertThat(candidates(full)).singleElement().isInstanceOf(Placing.class);
        assertThat(full.next().status().detail()).isEqualTo("waits for room: " + FULL);
    }
}
