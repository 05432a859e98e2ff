package io.gantry.deployer.leg;

import static io.gantry.deployer.leg.Sample.FAILURE;
import static io.gantry.deployer.leg.Sample.IMAGE;
import static io.gantry.deployer.leg.Sample.NODE;
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

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.manifest.TimeSpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is called, and has others serving in its place, goes on for a while. */
class DrainingTest {
    private static final TimeSpan DRAIN = IMAGE.manifest().stop().drain();

    @Test
    void an_instance_that_others_take_over_for_is_removed_once_it_has_drained() {
        Transition forgotten = deregistered(begin(Mode.SCALE_DOWN, standing(0), standing(1)), standing(1));
        assertThat(forgotten.effects()).isEmpty();

        Instant drained = NOW.plus(DRAIN.value());
        assertThat(alarm(forgotten, drained.minusMillis(1)).effects()).isEmpty();
        assertThat(alarm(forgotten, drained).effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Work.RemoveInstance.class,
                        work -> assertThat(work.instance())
                                .isEqualTo(standing(1).id()));
    }

    @Test
    void what_is_stopped_is_not_kept_from_ending() {
        Transition forgotten = deregistered(begin(Mode.STOP, standing(0)), standing(0));
        assertThat(forgotten.effects()).singleElement().isInstanceOf(Work.RemoveInstance.class);
    }

    @Test
    void the_dead_do_not_drain() {
        Transition down = begin(Mode.SCALE_DOWN, standing(0), standing(1), dead(2));
        assertThat(drains(down)).containsExactly(DRAIN, null);
    }

    @Test
    void who_has_no_address_does_not_drain() {
        Standing worker =
                new Standing(new InstanceAddress(standing(0).id(), NODE, "10.0.0.1", null), 2, access(100), NOW, true);
        assertThat(Leaver.outOf(IMAGE, worker).drain()).isNull();
    }

    @Test
    void new_ones_that_are_taken_back_drain_if_they_have_served() {
        Transition now = begin(Mode.RUN, standing(0), standing(1));
        for (int ordinal = 0; ordinal < 2; ordinal++) {
            now = then(now, new Input.Placed(access(ordinal), NODE));
            now = then(now, new Input.Started(access(ordinal), address(instance(ordinal)), NOW));
        }
        now = then(now, new Input.Verified(access(0)));
        now = then(now, new Input.Registered(instance(0)));

        Transition undone = then(now, new Input.VerificationFailed(access(1), FAILURE));

        assertThat(drains(undone)).containsExactly(DRAIN, null);
    }

    private static Transition begin(Mode mode, Standing... standing) {
        return new Queued().on(new Input.Turn(), order(mode), at(NOW, runs(standing)));
    }

    private static Transition then(Transition before, Input input) {
        return before.next().on(input, order(Mode.RUN), at(NOW, Facts.NOTHING));
    }

    private static Transition deregistered(Transition before, Standing leaver) {
        return then(before, new Input.Deregistered(leaver.id()));
    }

    private static Transition alarm(Transition before, Instant now) {
        return before.next().on(new Input.Alarm(), order(Mode.RUN), at(now, Facts.NOTHING));
    }

    private static List<@Nullable TimeSpan> drains(Transition transition) {
        return ((Retiring) transition.next())
                .departures().stream()
                        .<@Nullable TimeSpan>map(departure -> departure.leaver().drain())
                        .toList();
    }
}
