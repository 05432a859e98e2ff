package io.gantry.machines.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import io.gantry.registry.RegistryLogin;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceHostIT {
    private static final String FLEET = "host-it-" + ProcessHandle.current().pid();
    private static final String SERVICE = "it-" + ProcessHandle.current().pid();
    private static final String NAME = ServiceContainer.nameOf(SERVICE);
    private static final String PRETENDER = FLEET + "-pretender";

    private final Engines engines = new Engines(null);
    private final Engine engine = engines.of(URI.create("unix:///var/run/docker.sock"), null);
    private final ServiceHost host =
            new ServiceHost(engine, FLEET, "vm-1", new RegistryAccess("", RegistryLogin.none(), false));

    @AfterEach
    void remove() {
        engine
                .docker()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, FLEET))
                .exec()
                .stream()
                .forEach(container -> engine.docker()
                        .removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
        engines.close();
    }

    private void create(String name, String digest) {
        engine.docker()
                .createContainerCmd("gantry/postgres:1")
                .withName(name)
                .withLabels(Map.of(
                        Labels.FLEET, FLEET,
                        Labels.MACHINE, "vm-1",
                        Labels.PLATFORM_SERVICE, SERVICE,
                        Labels.DESCRIPTION, digest))
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                .exec();
    }

    @Test
    void what_only_its_labels_call_a_service_of_the_platform_is_none() {
        create(PRETENDER, "made-up");
        assertThat(host.observe()).isEmpty();

        create(NAME, "real");
        assertThat(host.observe()).extracting(ObservedService::digest).containsExactly("real");
    }
}
