package io.gantry.deployer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AuthConfig;
import io.gantry.registry.RegistryLogin;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static RegistryLogin loginTo(ContainerRegistry registry) {
        return new Login().registryLogin(registry, InstantSource.system());
    }

    @Test
    void an_identity_signs_in_where_the_settings_name_one() {
        RegistryLogin login =
                loginTo(new ContainerRegistry("shopimages.azurecr.io", null, null, false, "machine", "fleet"));
        assertThat(login.toString()).isEqualTo("AcrLogin[registry=shopimages.azurecr.io]");
    }

    @Test
    void else_a_name_and_a_password_do() {
        RegistryLogin login = loginTo(new ContainerRegistry("10.0.0.4:7080", "gantry", "secret", true, null, "fleet"));
        String known = login.pushing(AuthConfig::getUsername, _ -> true);
        assertThat(known).isEqualTo("gantry");
    }
}
