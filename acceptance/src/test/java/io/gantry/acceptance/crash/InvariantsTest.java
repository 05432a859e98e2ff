package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.History.Asked;
import io.gantry.acceptance.crash.History.Planned;
import io.gantry.acceptance.crash.History.Uploaded;
import io.gantry.acceptance.crash.World.Container;
import io.gantry.acceptance.crash.World.Deployment;
import io.gantry.acceptance.crash.World.Recorded;
import io.gantry.acceptance.crash.World.Reply;
import io.gantry.acceptance.crash.World.Request;
import io.gantry.acceptance.crash.World.Reserved;
import io.gantry.acceptance.crash.World.Row;
import io.gantry.acceptance.crash.World.Run;
import io.gantry.acceptance.crash.World.Unsettled;
import io.gantry.acceptance.crash.World.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker itself: one app that runs well, and all that could be wrong with it. */
class InvariantsTest {
    private static final String APP = "shop";
    private static final String ONE = "shop-app-server-t1-0";
    private static final Instant DUE = Instant.parse("2026-01-01T08:00:00Z");

    private final List<Container> containers = new ArrayList<>(List.of(container(ONE, ONE, 8000)));
    private final List<Row> rows = new ArrayList<>(List.of(new Row(ONE, APP, "RUNNING")));
    private final List<Deployment> deployments =
            new ArrayList<>(List.of(new Deployment("t1", APP, "RUN", "SUCCEEDED")));
    private final List<Request> requests = new ArrayList<>(List.of(new Request("t1", APP, "SUCCEEDED")));
    private final List<Reply> replies = new ArrayList<>(List.of(new Reply("t1", APP, "SUCCEEDED")));
    private final List<Recorded> recorded =
            new ArrayList<>(List.of(new Recorded(APP, "app-server", 1, "shop@sha256:1")));
    private final List<World.PortHeld> ports = new ArrayList<>(List.of(new World.PortHeld("local", 8000, ONE)));
    private final List<Reserved> reserved = new ArrayList<>(List.of(new Reserved(ONE, APP, "local", "IN_USE")));
    private final List<Version> versions = new ArrayList<>(List.of(new Version(APP, 1, "abc")));
    private final List<String> blobs = new ArrayList<>(List.of("abc"));
    private final List<Run> runs = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final List<Unsettled> unsettled = new ArrayList<>();
    private final List<String> ownerless = new ArrayList<>();
    private final List<World.Step> steps = new ArrayList<>();

    @Test
    void an_app_that_runs_well_breaks_nothing() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void a_request_that_was_forgotten_is_seen() {
        deployments.clear();

        assertThat(broken()).containsExactly("I1");
    }

    @Test
    void a_request_that_goes_on_for_ever_is_seen() {
        deployments.set(0, new Deployment("t1", APP, "RUN", "STARTING"));

        assertThat(broken()).contains("I1");
    }

    @Test
    void a_request_that_nobody_made_is_seen() {
        deployments.add(new Deployment("t2", APP, "RUN", "SUCCEEDED"));

        assertThat(broken()).containsExactly("I1");
    }

    @Test
    void a_request_that_the_platform_made_itself_is_fine() {
        deployments.add(new Deployment("t2", APP, "SCALE_UP", "SUCCEEDED"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void a_request_that_was_answered_twice_is_seen() {
        replies.add(replies.getFirst());

        assertThat(broken()).containsExactly("I10");
    }

    @Test
    void a_request_that_was_not_answered_is_seen() {
        replies.clear();

        assertThat(broken()).containsExactly("I10");
    }

    @Test
    void an_answer_to_nothing_is_seen() {
        replies.add(new Reply("t9", APP, "SUCCEEDED"));

        assertThat(broken()).containsExactly("I10");
    }

    @Test
    void a_second_container_of_the_same_instance_is_seen() {
        containers.add(container(ONE + "-x7", ONE, 8001));

        assertThat(broken()).contains("I2", "I6");
    }

    @Test
    void a_container_with_a_name_of_chance_is_seen() {
        containers.set(0, container(ONE + "-x7", ONE, 8000));

        assertThat(broken()).containsExactly("I2");
    }

    @Test
    void a_container_that_has_gone_is_seen() {
        containers.clear();

        assertThat(broken()).contains("I3", "I6", "ports", "reservations");
    }

    @Test
    void a_container_without_a_row_is_seen() {
        rows.clear();

        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void a_row_without_a_container_is_seen() {
        rows.add(new Row("shop-app-server-t1-1", APP, "RUNNING"));

        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void a_row_of_one_that_is_dead_is_seen() {
        rows.set(0, new Row(ONE, APP, "DEAD"));

        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void another_image_than_was_built_is_seen() {
        recorded.set(0, new Recorded(APP, "app-server", 1, "shop@sha256:2"));

        assertThat(broken()).containsExactly("I8");
    }

    @Test
    void one_port_of_two_containers_is_seen() {
        containers.add(container("shop-app-server-t1-1", "shop-app-server-t1-1", 8000));

        assertThat(broken()).contains("I9");
    }

    @Test
    void a_port_that_is_held_for_nobody_is_seen() {
        ports.add(new World.PortHeld("local", 8001, "shop-app-server-t0-0"));

        assertThat(broken()).containsExactly("ports");
    }

    @Test
    void a_schedule_that_fired_is_fine() {
        planned.add(new Planned(APP, "s1", DUE));
        runs.add(new Run(APP, "s1", DUE, "t1"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void a_schedule_that_fired_twice_is_seen() {
        planned.add(new Planned(APP, "s1", DUE));
        runs.add(new Run(APP, "s1", DUE, "t1"));
        runs.add(new Run(APP, "s1", DUE, "t1"));

        assertThat(broken()).contains("I7");
    }

    @Test
    void a_schedule_that_did_not_fire_is_seen() {
        planned.add(new Planned(APP, "s1", DUE));

        assertThat(broken()).containsExactly("I7");
    }

    @Test
    void a_schedule_that_was_planned_twice_is_seen() {
        planned.add(new Planned(APP, "s1", DUE));
        runs.add(new Run(APP, "s1", DUE, "t1"));
        runs.add(new Run(APP, "s2", DUE, "t1"));

        assertThat(broken()).containsExactly("I7");
    }

    @Test
    void an_upload_that_is_forgotten_is_seen() {
        versions.clear();

        assertThat(broken()).containsExactly("uploads");
    }

    @Test
    void an_upload_whose_bytes_are_lost_is_seen() {
        blobs.clear();

        assertThat(broken()).containsExactly("uploads");
    }

    @Test
    void what_is_set_aside_for_nobody_is_seen() {
        reserved.add(new Reserved("shop-app-server-t0-0", APP, "local", "IN_USE"));

        assertThat(broken()).containsExactly("reservations");
    }

    @Test
    void an_instance_that_nothing_is_set_aside_for_is_seen() {
        reserved.clear();

        assertThat(broken()).containsExactly("reservations");
    }

    @Test
    void what_is_still_to_be_sent_or_done_is_seen() {
        unsettled.add(new Unsettled(APP, "a message"));

        assertThat(broken()).containsExactly("unsettled");
    }

    @Test
    void what_nobody_answers_for_is_seen() {
        ownerless.add("network gantry-gone");

        assertThat(broken()).containsExactly("ownerless");
    }

    @Test
    void steps_of_one_lifecycle_manager_after_the_other_are_fine() {
        steps.addAll(List.of(new World.Step(1, "a"), new World.Step(1, "b"), new World.Step(3, "a")));

        assertThat(broken()).isEmpty();
    }

    @Test
    void a_step_of_a_lifecycle_manager_that_acts_no_more_is_seen() {
        steps.addAll(List.of(new World.Step(1, "a"), new World.Step(2, "a"), new World.Step(1, "b")));

        assertThat(broken()).containsExactly("I5");
    }

    @Test
    void of_one_app_is_only_what_is_about_it() {
        assertThat(world().of("other")).isEqualTo(withBlobs(World.empty()));
        assertThat(world().of(APP)).isEqualTo(world());
    }

    private Set<String> broken() {
        var history = new History(
                List.of(new Asked(APP, "t1", Set.of("SUCCEEDED"))),
                List.of(new Uploaded(APP, "abc")),
                planned,
                Map.of(APP, 1));
        return Set.copyOf(Invariants.broken(history, world()).stream()
                .map(Violation::rule)
                .toList());
    }

    private World world() {
        return new World(
                containers,
                rows,
                deployments,
                requests,
                replies,
                recorded,
                ports,
                reserved,
                versions,
                blobs,
                runs,
                unsettled,
                ownerless,
                steps);
    }

    private World withBlobs(World empty) {
        return new World(
                empty.containers(),
                empty.rows(),
                empty.deployments(),
                empty.requests(),
                empty.replies(),
                empty.recorded(),
                empty.portsHeld(),
                empty.reserved(),
                empty.versions(),
                blobs,
                empty.runs(),
                empty.unsettled(),
                empty.ownerless(),
                empty.steps());
    }

    private static Container container(String name, String instance, int port) {
        return new Container(name, APP, "app-server", 1, instance, "local", "shop@sha256:1", port, true);
    }
}
