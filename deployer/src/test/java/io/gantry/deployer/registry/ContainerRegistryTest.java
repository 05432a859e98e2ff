package io.gantry.deployer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerRegistryTest {
    private final ContainerRegistry registry = new ContainerRegistry("registry.example:5000", null, null);

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
}
