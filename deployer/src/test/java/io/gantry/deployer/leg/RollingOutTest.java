package io.gantry.deployer.leg;

import static io.gantry.deployer.leg.Sample.IMAGE;
import static io.gantry.deployer.leg.Sample.NOW;
import static io.gantry.deployer.leg.Sample.access;
import static io.gantry.deployer.leg.Sample.address;
import static io.gantry.deployer.leg.Sample.at;
import static io.gantry.deployer.leg.Sample.dead;
import static io.gantry.deployer.leg.Sample.instance;
import static io.gantry.deployer.leg.Sample.order;
import static io.gantry.deployer.leg.Sample.runs;
import static io.gantry.deployer.leg.Sample.standing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.placement.PlacementRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several instances at a time. */
class RollingOutTest {
    private static Transition begin(Mode mode, Facts facts) {
        return new Queued().on(new Input.Turn(), order(mode), at(NOW, facts));
    }

    private static Facts built(Image image, Standing... standing) {
        return new Facts(image, true, image, List.of(standing), List.of());
    }

    private static RollingOut rollout(Transition transition) {
        return (RollingOut) transition.next();
    }

    private static Transition then(Transition before, Input input) {
        return before.next().on(input, order(Mode.RUN), at(NOW, Facts.NOTHING));
    }

    private static List<PlacementRequest.Place> places(Transition transition) {
        return transition.effects().stream()
                .filter(Message.ToLoadBalancer.class::isInstance)
                .map(message -> ((Message.ToLoadBalancer) message).request())
                .filter(PlacementRequest.Place.class::isInstance)
                .map(PlacementRequest.Place.class::cast)
                .toList();
    }

    @Test
    void as_many_come_up_as_the_service_asks_for() {
        Image atLeastThree = new Image(Sample.release(Kind.SERVICE, 3), IMAGE.reference());
        assertThat(rollout(begin(Mode.RUN, built(atLeastThree, standing(0)))).candidates())
                .hasSize(3);
    }

    @Test
    void as_many_come_up_as_run_if_that_is_more() {
        assertThat(rollout(begin(Mode.RUN, runs(standing(0), standing(1), standing(2))))
                        .candidates())
                .hasSize(3);
    }

    @Test
    void a_job_comes_up_once() {
        assertThat(rollout(begin(Mode.RUN, built(Sample.JOB, standing(0), standing(1))))
                        .candidates())
                .hasSize(1);
    }

    @Test
    void every_candidate_has_an_access_token_of_its_own() {
        assertThat(places(begin(Mode.RUN, runs(standing(0), standing(1)))))
                .extracting(PlacementRequest.Place::instance, PlacementRequest.Place::accessToken)
                .containsExactly(tuple(instance(0), access(0)), tuple(instance(1), access(1)));
    }

    @Test
    void the_slowest_tells_how_far_they_are() {
        Transition begun = begin(Mode.RUN, runs(standing(0), standing(1)));
        Transition oneStarts = then(begun, new Input.Placed(access(0), Sample.NODE));
        assertThat(oneStarts.next().status()).isEqualTo(new Status(ServiceState.PLACING, "0 of 2 instances serve"));
        Transition bothStart = then(oneStarts, new Input.Placed(access(1), Sample.NODE));
        assertThat(bothStart.next().status().state()).isEqualTo(ServiceState.STARTING);
    }

    @Test
    void the_old_ones_leave_when_the_last_new_one_serves() {
        Transition now = begin(Mode.RUN, runs(standing(0), standing(1)));
        for (int ordinal = 0; ordinal < 2; ordinal++) {
            assertThat(now.next()).isInstanceOf(RollingOut.class);
            now = then(now, new Input.Placed(access(ordinal), Sample.NODE));
            now = then(now, new Input.Started(access(ordinal), address(instance(ordinal)), NOW));
            now = then(now, new Input.Verified(access(ordinal)));
            now = then(now, new Input.Registered(instance(ordinal)));
        }
        assertThat(now.next())
                .isInstanceOfSatisfying(
                        Retiring.class,
                        retiring -> assertThat(retiring.departures())
                                .extracting(Retiring.Departure::leaver)
                                .containsExactly(Leaver.outOf(IMAGE, standing(0)), Leaver.outOf(IMAGE, standing(1))));
    }

    @Test
    void one_that_fails_takes_all_new_ones_with_it_and_none_of_the_old() {
        Transition now = begin(Mode.RUN, runs(standing(0), standing(1)));
        now = then(now, new Input.Placed(access(0), Sample.NODE));
        now = then(now, new Input.Started(access(0), address(instance(0)), NOW));
        now = then(now, new Input.VerificationFailed(access(0), Sample.FAILURE));
        assertThat(now.next()).isInstanceOfSatisfying(Retiring.class, retiring -> {
            assertThat(retiring.end()).isEqualTo(new Ended.Failed(Sample.FAILURE));
            assertThat(retiring.departures())
                    .extracting(departure -> departure.leaver().id())
                    .containsExactly(instance(0));
        });
        assertThat(now.effects())
                .contains(new Message.ToLoadBalancer(
                        new PlacementRequest.Release(access(1), Sample.LEG.token(), Sample.LEG.app(), instance(1))));
    }

    @Test
    void three_nodes_are_tried_and_each_is_asked_for_once() {
        Transition now = begin(Mode.RUN, runs(standing(0)));
        for (int number = 1; number <= 2; number++) {
            RollingOut rollout = rollout(now);
            Attempt attempt = rollout.candidates().getFirst().attempt();
            now = then(now, new Input.Placed(attempt.access(), new NodeId("node-" + number)));
            now = now.next()
                    .on(
                            new Input.NodeFailed(attempt.access(), "its disk is full"),
                            order(Mode.RUN),
                            at(NOW, Facts.NOTHING, number));
        }
        assertThat(places(now))
                .singleElement()
                .satisfies(place -> assertThat(place.avoid())
                        .containsExactlyInAnyOrder(new NodeId("node-1"), new NodeId("node-2")));
        Attempt last = rollout(now).candidates().getFirst().attempt();
        now = then(now, new Input.Placed(last.access(), new NodeId("node-3")));
        now = then(now, new Input.NodeFailed(last.access(), "its disk is full"));
        assertThat(now.next())
                .isInstanceOfSatisfying(
                        Retiring.class,
                        retiring -> assertThat(((Ended.Failed) retiring.end())
                                        .failure()
                                        .message())
                                .contains(
                                        "node-1: its disk is full",
                                        "node-2: its disk is full",
                                        "node-3: its disk is full"));
    }

    @Test
    void adding_one_clears_away_the_dead() {
        RollingOut rollout = rollout(begin(Mode.SCALE_UP, runs(standing(0), dead(1))));
        assertThat(rollout.candidates()).hasSize(1);
        assertThat(rollout.replaced()).containsExactly(dead(1));
    }

    @Test
    void the_youngest_that_lives_goes_first_and_the_dead_with_it() {
        Transition down = begin(Mode.SCALE_DOWN, runs(standing(0), standing(1), dead(2)));
        assertThat(down.next())
                .isInstanceOfSatisfying(
                        Retiring.class,
                        retiring -> assertThat(retiring.departures())
                                .extracting(departure -> departure.leaver().id())
                                .containsExactly(standing(1).id(), dead(2).id()));
    }

    @Test
    void a_restart_brings_up_as_many_as_were_wanted() {
        assertThat(rollout(begin(Mode.RESTART, runs(standing(0), dead(1)))).candidates())
                .hasSize(2);
    }

    @Test
    void one_that_can_not_be_revived_on_a_failing_node_is_replaced_preferably_elsewhere() {
        Transition reviving = begin(Mode.REVIVE, runs(standing(1), dead(0)));
        Transition placing = then(reviving, new Input.NodeFailed(dead(0).access(), "it is out of reach"));
        assertThat(places(placing)).singleElement().satisfies(place -> {
            assertThat(place.instance()).isEqualTo(instance(0));
            assertThat(place.avoid()).containsExactly(Sample.NODE);
        });
        assertThat(rollout(placing).replaced()).containsExactly(dead(0));
    }

    @Test
    void one_that_moves_goes_elsewhere_alone_and_is_replaced() {
        Transition moving = begin(Mode.MOVE, runs(standing(0), standing(1)));
        assertThat(places(moving)).singleElement().satisfies(place -> {
            assertThat(place.instance()).isNotEqualTo(standing(0).id());
            assertThat(place.avoid()).containsExactly(standing(0).at().node());
        });
        assertThat(rollout(moving).replaced()).containsExactly(standing(0));
    }
}
