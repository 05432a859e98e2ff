package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.deployer.app.Programs.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.healing.Fault;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.neighbour.PretendedLoadBalancer;
import io.gantry.deployer.neighbour.PretendedNodeManager;
import io.gantry.deployer.neighbour.Requests;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A container that ended, is hung, or has to make room for itself comes back on a real engine. */
@DeployerIT
class RevivingIT {
    /** Serves the first time only. */
    private static final String ONCE = """
            import os, sys
            if os.path.exists("/tmp/been"):
                print("Not again")
                sys.exit(3)
            open("/tmp/been", "w").close()
            """ + HELLO;

    /** From then on that it is asked for /hang it answers nobody, and does not end when it is told to. */
    private static final String HANGING = HELLO.replace("        self.send_response(200)\n", """
                    if self.path == "/hang":
                        signal.signal(signal.SIGTERM, signal.SIG_IGN)
                        while True:
                            signal.pause()
                    self.send_response(200)
            """);

    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    OwnApp app;

    @Autowired
    LocalEngine engine;

    @Autowired
    PretendedLoadBalancer loadBalancer;

    @Autowired
    PretendedNodeManager nodeManager;

    @Test
    void a_killed_container_is_started_again_with_the_same_name_and_port() throws Exception {
        InstanceAddress fallen = requests.bringUp(programs.hello()).instances().getFirst();
        String container = engine.container(fallen.id()).getId();
        engine.kill(fallen.id());
        ServiceReport report = requests.report(requests.revive(WEB, fallen.id()));
        assertThat(report.instances()).containsExactly(fallen);
        assertThat(engine.container(fallen.id()).getId()).isEqualTo(container);
        assertThat(Page.of(fallen)).isEqualTo("Hello from " + app);
    }

    @Test
    void a_hung_container_is_stopped_and_started_again_with_the_same_name_and_port() throws Exception {
        InstanceAddress hung =
                requests.bringUp(programs.python(HANGING, """
                        {"port": 8000, "health": {"path": "/", "timeout": "500ms"}, "stop": {"timeout": "1s"}}""")).instances().getFirst();
        String container = engine.container(hung.id()).getId();
        assertThatThrownBy(() -> Page.of(hung, "/hang")).isInstanceOf(IOException.class);
        ServiceReport report = requests.report(requests.revive(WEB, hung.id(), Fault.HUNG));
        assertThat(report.instances()).containsExactly(hung);
        assertThat(engine.container(hung.id()).getId()).isEqualTo(container);
        assertThat(Page.of(hung)).isEqualTo("Hello from " + app);
    }

    @Test
    void one_that_runs_well_is_stopped_and_started_again_where_a_restart_has_no_room_for_another() throws Exception {
        InstanceAddress running = requests.bringUp(programs.hello()).instances().getFirst();
        InspectContainerResponse before = engine.container(running.id());
        loadBalancer.placing = false;
        DeploymentToken restart = requests.restart(WEB);
        loadBalancer.findNoRoom(loadBalancer.awaitPlace(restart));
        assertThat(requests.report(restart).instances()).containsExactly(running);
        InspectContainerResponse after = engine.container(running.id());
        assertThat(after.getId()).isEqualTo(before.getId());
        assertThat(startOf(after)).isAfter(startOf(before));
        assertThat(nodeManager.registered).containsKey(running.id().value());
        assertThat(Page.of(running)).isEqualTo("Hello from " + app);
    }

    private static Instant startOf(InspectContainerResponse container) {
        return Instant.parse(container.getState().getStartedAt());
    }

    @Test
    void a_container_removed_by_hand_is_replaced() throws Exception {
        InstanceAddress fallen = requests.bringUp(programs.hello()).instances().getFirst();
        engine.remove(fallen.id());
        InstanceAddress other =
                requests.report(requests.revive(WEB, fallen.id())).instances().getFirst();
        assertThat(other.id()).isNotEqualTo(fallen.id());
        assertThat(Page.of(other)).isEqualTo("Hello from " + app);
        assertThat(engine.containers()).hasSize(1);
    }

    @Test
    void one_that_ends_at_once_again_is_reported_with_its_last_lines_and_left_there() {
        InstanceAddress fallen = requests.bringUp(programs.python(ONCE, "{\"port\": 8000}"))
                .instances()
                .getFirst();
        engine.kill(fallen.id());
        Failure failure = requests.failure(requests.revive(WEB, fallen.id()));
        assertThat(failure.code()).isEqualTo("CONTAINER_ENDED");
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.log()).contains("Not again");
        assertThat(engine.container(fallen.id()).getState().getRunning()).isFalse();
    }
}
