package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finding out why: a deployment's timeline, an instance's node, what is stuck. */
class WhyTest {
    private static final String INSTANCE = "shop-web-abcdefgh12345678-0";
    private static final String DECISIONS = "GET /api/v1/decisions?instance=" + INSTANCE;
    private static final String DEPLOYMENT = "GET /api/v1/deployments/abcdefgh12345678";
    private static final String STUCK = "GET /api/v1/deployments?stuck=true";

    private PlayedPlatform platform;

    @BeforeEach
    void play() throws IOException {
        platform = new PlayedPlatform();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void a_deployment_is_a_timeline_of_who_did_what_at_which_try() {
        platform.on(DEPLOYMENT, 200, """
                {"token": "abcdefgh12345678", "app": "shop", "mode": "BUILD_AND_RUN", "state": "FAILED",
                 "requestedAt": "2026-03-01T11:59:50Z", "deadline": "2026-03-01T12:29:50Z", "finishedAt": "2026-03-01T11:59:58Z",
                 "traceId": "0af7651916cd43dd8448eb211c80319c",
                 "services": [{"name": "web", "version": 3, "state": "FAILED", "failure": {"kind": "REQUEST", "code": "BUILD_FAILED",
                   "message": "The image could not be built.", "oomKilled": false, "log": []}}],
                 "steps": [
                  {"service": "web", "step": "QUEUED", "startedAt": "2026-03-01T11:59:50Z", "endedAt": "2026-03-01T11:59:51Z",
                   "tries": 1, "by": ["control-1-aaaa"]},
                  {"service": "web", "step": "BUILDING", "startedAt": "2026-03-01T11:59:51Z", "endedAt": "2026-03-01T11:59:58Z",
                   "detail": "tried again, because the engine is away", "tries": 2, "by": ["control-1-aaaa", "control-2-bbbb"]}]}""");

        Run run = gantry("deployment", "abcdefgh12345678");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        shop BUILD_AND_RUN FAILED, asked for 10s ago
                        SERVICE   STEP       BEGAN   TOOK   TRIES   BY                                    DETAIL
                        web       QUEUED     +0.0s   1.0s   1       control-1-aaaa                        -
                        web       BUILDING   +1.0s   7.0s   2       control-1-aaaa, then control-2-bbbb   tried again, because the engine is away
                        web waited: 1.0s QUEUED
                        trace: 0af7651916cd43dd8448eb211c80319c
                        """);
        assertThat(run.err()).contains("web failed: The image could not be built.");
    }

    @Test
    void steps_of_a_deployment_before_tries_were_counted_are_shown_without() {
        platform.on(DEPLOYMENT, 200, """
                {"token": "abcdefgh12345678", "app": "shop", "mode": "STOP", "state": "RUNNING",
                 "requestedAt": "2026-03-01T11:59:50Z", "deadline": "2026-03-01T12:29:50Z", "services": [],
                 "steps": [{"service": "web", "step": "STOPPING", "startedAt": "2026-03-01T11:59:58Z"}]}""");

        assertThat(gantry("deployment", "abcdefgh12345678").out()).endsWith("""
                        SERVICE   STEP       BEGAN   TOOK   TRIES   BY   DETAIL
                        web       STOPPING   +8.0s   2.0s   -       -    -
                        """);
    }

    @Test
    void an_instance_is_where_it_is_for_reasons() {
        platform.on(DECISIONS, 200, """
                [{"at": "2026-03-01T11:59:15Z", "kind": "PLACEMENT", "outcome": "PLACED",
                  "reason": "vm-1 will be 45% full and had no other instance of the service; 2 of 3 nodes can take it",
                  "detail": {"deployment": "abcdefgh12345678", "version": 3,
                   "chosen": {"node": "vm-1", "load": 0.45, "replicas": 0},
                   "candidates": [{"node": "vm-1", "load": 0.45, "replicas": 0}, {"node": "vm-2", "load": 0.5, "replicas": 1}],
                   "vetoes": [{"node": "vm-3", "filter": "cordoned", "reason": "it is cordoned: it takes no new instances"}]}},
                 {"at": "2026-03-01T11:59:05Z", "kind": "PLACEMENT", "outcome": "WAITING", "reason": "No node fits.",
                  "detail": {"deployment": "abcdefgh12345678", "version": 3, "chosen": null, "candidates": [], "vetoes": []}}]""");

        Run run = gantry("why", INSTANCE);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        shop-web-abcdefgh12345678-0 is on vm-1, decided 45s ago for version 3 in deployment abcdefgh12345678
                        because: vm-1 will be 45% full and had no other instance of the service; 2 of 3 nodes can take it
                        NODE   WOULD BE FULL   INSTANCES THERE   CHOSEN
                        vm-1   45%             0                 yes
                        vm-2   50%             1                 -
                        not vm-3: it is cordoned: it takes no new instances
                        55s ago: No node fits.
                        """);
    }

    @Test
    void as_json_a_decision_is_what_the_load_balancer_kept() {
        platform.on(DECISIONS, 200, "[{\"outcome\": \"PLACED\"}]");

        assertThat(gantry("why", INSTANCE, "--json").out()).contains("\"outcome\" : \"PLACED\"");
    }

    @Test
    void an_instance_that_nobody_placed_has_an_exit_code_of_its_own() {
        platform.on(DECISIONS, 200, "[]");

        Run run = gantry("why", INSTANCE);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Nothing is known of a placement of " + INSTANCE);
    }

    @Test
    void when_all_is_well_nothing_is_stuck() {
        platform.on(STUCK, 200, "[]");

        Run run = gantry("deployments", "--stuck");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Nothing is stuck.\n");
    }

    @Test
    void what_is_stuck_is_listed_by_how_long_it_should_be_over() {
        platform.on(STUCK, 200, """
                [{"token": "abcdefgh12345678", "app": "shop", "mode": "RUN", "state": "RUNNING",
                  "requestedAt": "2026-03-01T11:00:00Z", "deadline": "2026-03-01T11:59:50Z",
                  "services": [{"name": "web", "version": 3, "state": "PLACING"}], "steps": []}]""");

        assertThat(gantry("deployments", "--stuck").out()).isEqualTo("""
                        TOKEN              APP    MODE   STATE     SERVICES   OVERDUE
                        abcdefgh12345678   shop   RUN    RUNNING   web=3      10.0s
                        """);
    }

    @Test
    void deployments_are_those_of_an_app_or_the_stuck_ones() {
        assertThat(gantry("deployments").exitCode()).isEqualTo(2);
        assertThat(gantry("deployments", "shop", "--stuck").exitCode()).isEqualTo(2);
    }

    private Run gantry(String... args) {
        return Run.gantry(platform.addresses(), args);
    }
}
