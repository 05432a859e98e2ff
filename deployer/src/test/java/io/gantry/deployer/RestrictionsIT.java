package io.gantry.deployer;

import static io.gantry.deployer.app.Programs.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.neighbour.Requests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a container may, whoever has written its Dockerfile. */
@DeployerIT
class RestrictionsIT {
    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    OwnApp app;

    @Autowired
    LocalEngine engine;

    @Test
    void a_container_has_no_more_rights_than_it_needs() {
        String config = """
                {"port": 8000, "resources": {"cpus": 0.25, "memory": "64Mi", "pids": 50},
                 "stop": {"signal": "SIGTERM", "timeout": "3s"}}""";
        InstanceAddress at =
                requests.bringUp(programs.python(HELLO, config)).instances().getFirst();
        InspectContainerResponse container = engine.container(at.id());
        HostConfig limits = container.getHostConfig();
        assertThat(container.getConfig().getUser()).isEqualTo("10001:10001");
        assertThat(limits.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(limits.getSecurityOpts()).containsExactly("no-new-privileges");
        assertThat(limits.getPrivileged()).isFalse();
        assertThat(limits.getMemory()).isEqualTo(64L << 20);
        assertThat(limits.getMemorySwap()).isEqualTo(64L << 20);
        assertThat(limits.getNanoCPUs()).isEqualTo(250_000_000);
        assertThat(limits.getPidsLimit()).isEqualTo(50);
        assertThat(limits.getInit()).isTrue();
        assertThat(limits.getLogConfig().getConfig()).containsEntry("max-size", "10m");
        assertThat(limits.getNetworkMode()).isEqualTo("gantry-deployer-it." + app);
        assertThat(limits.getRestartPolicy().getName()).isIn("", "no");
        assertThat(container.getMounts()).isEmpty();
        assertThat(limits.getPortBindings().getBindings().values())
                .singleElement()
                .satisfies(bindings -> assertThat(bindings[0].getHostIp()).isEqualTo("127.0.0.1"));
    }

    @Test
    void a_developers_own_dockerfile_runs_with_our_restrictions() throws Exception {
        ServiceReport report = requests.bringUp(programs.of(programs.ownPython(HELLO)
                .with("Dockerfile", "FROM gantry/python:1\nUSER root\nCOPY app.py /\nCMD [\"python3\", \"/app.py\"]\n")
                .with("config.json", "{\"port\": 8000, \"health\": {\"path\": \"/\"}}")));
        InstanceAddress at = report.instances().getFirst();
        assertThat(Page.of(at)).isEqualTo("Hello from " + app);
        assertThat(engine.container(at.id()).getConfig().getUser()).isEqualTo("10001:10001");
    }
}
