package io.gantry.deployer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.deployer.ledger.WantedInstances.Ask;
import io.gantry.deployer.ledger.WantedInstances.Runs;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WantedInstancesTest {
    private static final DeploymentToken FORMER = new DeploymentToken("bbbbbbbbbbbbbbbb");
    private static final Runs FIRST = runs(FORMER, 0);
    private static final Runs SECOND = runs(FORMER, 1);

    @Test
    void what_runs_is_wanted() {
        assertThat(wanted(List.of(), FIRST, SECOND)).containsExactly(stays(FIRST.id()), stays(SECOND.id()));
    }

    @Test
    void what_is_deployed_is_wanted_as_often_as_its_manifest_says() {
        assertThat(wanted(List.of(deploy(Kind.SERVICE, 2)))).containsExactly(comes(0), comes(1));
    }

    @Test
    void it_comes_in_place_of_what_runs_as_often_as_that() {
        assertThat(wanted(List.of(deploy(Kind.SERVICE, 1)), FIRST, SECOND)).containsExactly(comes(0), comes(1));
    }

    @Test
    void its_own_that_serve_already_are_not_counted_twice() {
        Runs own = runs(Sample.LEG.token(), 0);
        assertThat(wanted(List.of(deploy(Kind.SERVICE, 1)), FIRST, own)).containsExactly(comes(0));
    }

    @Test
    void a_job_is_wanted_once() {
        assertThat(wanted(List.of(deploy(Kind.JOB, 1)), FIRST, SECOND)).containsExactly(comes(0));
    }

    @Test
    void the_youngest_deployment_counts() {
        LegId younger = new LegId(Sample.LEG.app(), Sample.LEG.service(), new DeploymentToken("cccccccccccccccc"));
        assertThat(wanted(List.of(
                        deploy(Kind.SERVICE, 1), new Ask(younger, Mode.RUN, Sample.release(Kind.SERVICE, 1), null))))
                .extracting(Companion::instance)
                .containsExactly(younger.instance(0));
    }

    @Test
    void what_restarts_comes_as_often_as_it_runs() {
        assertThat(wanted(List.of(ask(Mode.RESTART, null)), FIRST, SECOND)).containsExactly(comes(0), comes(1));
    }

    @Test
    void what_is_added_comes_beside_what_runs() {
        assertThat(wanted(List.of(ask(Mode.SCALE_UP, null)), FIRST)).containsExactly(stays(FIRST.id()), comes(0));
    }

    @Test
    void what_is_moved_comes_in_place_of_the_one() {
        assertThat(wanted(List.of(ask(Mode.MOVE, FIRST.id())), FIRST, SECOND))
                .containsExactly(stays(SECOND.id()), comes(0));
    }

    @Test
    void what_is_revived_is_the_same() {
        assertThat(wanted(List.of(ask(Mode.REVIVE, FIRST.id())), FIRST, SECOND))
                .containsExactly(comes(FIRST.id()), stays(SECOND.id()));
    }

    @Test
    void what_is_stopped_is_not_wanted() {
        assertThat(wanted(List.of(ask(Mode.STOP, null)), FIRST)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"BUILD", "SCALE_DOWN"})
    void what_starts_nothing_changes_nothing(Mode mode) {
        assertThat(wanted(List.of(ask(mode, null)), FIRST)).containsExactly(stays(FIRST.id()));
    }

    private static Stream<Companion> wanted(List<Ask> asks, Runs... running) {
        return new WantedInstances(Sample.LEG.service(), asks, List.of(running)).all();
    }

    private static Ask deploy(Kind kind, int least) {
        return new Ask(Sample.LEG, Mode.BUILD_AND_RUN, Sample.release(kind, least), null);
    }

    private static Ask ask(Mode mode, @Nullable InstanceId instance) {
        return new Ask(Sample.LEG, mode, null, instance);
    }

    private static Runs runs(DeploymentToken deployment, int ordinal) {
        LegId leg = new LegId(Sample.LEG.app(), Sample.LEG.service(), deployment);
        return new Runs(leg.instance(ordinal), deployment, leg.service(), Sample.RELEASE.manifest());
    }

    private static Companion comes(int ordinal) {
        return comes(Sample.LEG.instance(ordinal));
    }

    private static Companion comes(InstanceId instance) {
        return companion(instance, true);
    }

    private static Companion stays(InstanceId instance) {
        return companion(instance, false);
    }

    private static Companion companion(InstanceId instance, boolean onItsWay) {
        Release release = Sample.RELEASE;
        return new Companion(
                instance,
                release.service(),
                release.manifest().resources(),
                release.manifest().placement().labels(),
                onItsWay);
    }
}
