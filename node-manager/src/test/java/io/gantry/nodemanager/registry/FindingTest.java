package io.gantry.nodemanager.registry;

import static io.gantry.contract.registry.InstanceState.COMPLETED;
import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.contract.registry.InstanceState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.nodemanager.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingTest {
    private static final Instance SERVICE = Sample.instance();
    private static final Instance JOB = Sample.instance(Sample.APP, Kind.JOB);
    private static final Sighting CRASHED = new Sighting.Ended(1, false);

    @Test
    void what_runs_as_it_is_known_to_changes_nothing() {
        assertThat(Finding.of(registered(SERVICE, RUNNING), new Sighting.Running(SERVICE)))
                .isEqualTo(Finding.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "DEAD", "COMPLETED"})
    void what_runs_again_is_running_whatever_it_was(InstanceState before) {
        assertThat(Finding.of(registered(SERVICE, before), new Sighting.Running(SERVICE)))
                .isEqualTo(new Finding.Changed(registered(SERVICE, RUNNING)));
    }

    @Test
    void another_port_after_a_restart_is_taken_over() {
        Entry moved = registered(SERVICE, RUNNING).runningAt(20_777, Sample.STARTED.plusSeconds(60));
        assertThat(Finding.of(registered(SERVICE, RUNNING), new Sighting.Running(moved.instance())))
                .isEqualTo(new Finding.Changed(moved));
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "UNKNOWN"})
    void an_end_that_nobody_asked_for_is_a_death(InstanceState before) {
        assertThat(Finding.of(registered(SERVICE, before), CRASHED))
                .isEqualTo(new Finding.Died(registered(SERVICE, DEAD, "exit code 1"), 1, false));
    }

    @Test
    void a_service_that_ends_with_0_has_died_too() {
        assertThat(Finding.of(registered(SERVICE, RUNNING), new Sighting.Ended(0, false)))
                .isEqualTo(new Finding.Died(registered(SERVICE, DEAD, "exit code 0"), 0, false));
    }

    @Test
    void out_of_memory_is_said() {
        assertThat(Finding.of(registered(SERVICE, RUNNING), new Sighting.Ended(137, true)))
                .isEqualTo(new Finding.Died(registered(SERVICE, DEAD, "exit code 137, out of memory"), 137, true));
    }

    @Test
    void that_it_was_out_of_memory_may_be_told_after_it_died() {
        assertThat(Finding.of(registered(SERVICE, DEAD, "exit code 137"), new Sighting.Ended(137, true)))
                .isEqualTo(new Finding.Changed(registered(SERVICE, DEAD, "exit code 137, out of memory")));
        assertThat(Finding.of(registered(SERVICE, DEAD, "its node is lost"), new Sighting.Ended(137, true)))
                .isEqualTo(Finding.NOTHING);
        assertThat(Finding.of(registered(JOB, COMPLETED, "exit code 0"), new Sighting.Ended(0, true)))
                .isEqualTo(Finding.NOTHING);
    }

    @Test
    void a_job_that_ends_with_0_is_completed() {
        assertThat(Finding.of(registered(JOB, RUNNING), new Sighting.Ended(0, false)))
                .isEqualTo(new Finding.Changed(registered(JOB, COMPLETED, "exit code 0")));
    }

    @Test
    void a_job_that_fails_has_died() {
        assertThat(Finding.of(registered(JOB, RUNNING), CRASHED))
                .isEqualTo(new Finding.Died(registered(JOB, DEAD, "exit code 1"), 1, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"DEAD", "COMPLETED"})
    void nothing_ends_twice(InstanceState before) {
        assertThat(Finding.of(registered(SERVICE, before), CRASHED)).isEqualTo(Finding.NOTHING);
        assertThat(Finding.of(registered(SERVICE, before), new Sighting.Gone())).isEqualTo(Finding.NOTHING);
    }

    @Test
    void a_container_that_is_gone_leaves_no_exit_code() {
        assertThat(Finding.of(registered(SERVICE, UNKNOWN), new Sighting.Gone()))
                .isEqualTo(new Finding.Died(registered(SERVICE, DEAD, "its container is gone"), null, false));
    }

    @ParameterizedTest
    @EnumSource
    void an_adopted_one_whose_container_was_removed_is_forgotten(InstanceState before) {
        assertThat(Finding.of(new Entry(SERVICE, true).in(before, null), new Sighting.Gone()))
                .isEqualTo(new Finding.Forgotten());
    }

    @ParameterizedTest
    @EnumSource
    void a_container_that_was_not_started_yet_or_is_no_instance_s_says_nothing(InstanceState before) {
        assertThat(Finding.of(registered(SERVICE, before), new Sighting.NotStarted()))
                .isEqualTo(Finding.NOTHING);
        assertThat(Finding.of(registered(SERVICE, before), new Sighting.Strange()))
                .isEqualTo(Finding.NOTHING);
    }

    private static Entry registered(Instance instance, InstanceState state) {
        return registered(instance, state, null);
    }

    private static Entry registered(Instance instance, InstanceState state, @Nullable String detail) {
        return new Entry(instance, false).in(state, detail);
    }
}
