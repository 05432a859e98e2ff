package io.gantry.deployer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AppNetworkTest {
    private static final URI ENGINE = URI.create("unix:///var/run/docker.sock");

    private static String name(String fleet, String app) {
        return AppNetwork.own(ENGINE, fleet, new AppName(app)).name();
    }

    @Test
    void no_two_fleets_have_a_network_of_one_name() {
        assertThat(name("one", "shop")).isEqualTo("gantry-one.shop").isNotEqualTo(name("two", "shop"));
        assertThat(name("one-two", "shop")).isNotEqualTo(name("one", "two-shop"));
    }

    @Test
    void none_has_the_name_that_an_apps_network_once_had() {
        assertThat(AppNetwork.former(ENGINE, new AppName("one-shop")).name()).isNotEqualTo(name("one", "shop"));
    }
}
