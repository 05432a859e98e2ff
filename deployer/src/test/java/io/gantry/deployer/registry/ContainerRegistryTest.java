package io.gantry.deployer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.deployer.leg.LegId;
import org.junit.jupiter.api.Test;

class ContainerRegistryTest {
    private final ContainerRegistry registry =
            new ContainerRegistry("registry.example:5000", null, null, false, null, "fleet");

    @Test
    void an_image_is_where_the_registry_is_now() {
        assertThat(registry.here("127.0.0.1:7080/shop/app-server@sha256:1"))
                .isEqualTo("registry.example:5000/shop/app-server@sha256:1");
    }

    @Test
    void an_image_stays_where_the_registry_has_not_moved() {
        assertThat(registry.here("registry.example:5000/shop/app-server@sha256:1"))
                .isEqualTo("registry.example:5000/shop/app-server@sha256:1");
    }

    @Test
    void images_of_apps_lie_apart_from_those_of_other_fleets_and_of_the_platform() {
        assertThat(repositoryOf("shop")).isEqualTo("registry.example:5000/fleet/shop/python");
    }

    private String repositoryOf(String app) {
        return registry.repository(
                new LegId(new AppName(app), new ServiceName("python"), new DeploymentToken("d000000000000001")));
    }
}
