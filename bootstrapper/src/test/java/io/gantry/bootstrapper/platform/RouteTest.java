package io.gantry.bootstrapper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:7073");

    @Test
    void each_service_has_its_port() {
        List<URI> addresses = Addresses.onThisMachine(7070).of(PlatformService.NODE_MANAGER);
        assertThat(Route.to(PlatformService.NODE_MANAGER, "nodes").at(addresses.getFirst()))
                .hasToString("http://127.0.0.1:7074/api/v1/nodes");
    }

    @Test
    void what_users_type_stays_one_segment() {
        assertThat(Route.to(PlatformService.SCHEDULER, "apps", "a/../b c?d").at(ADDRESS))
                .hasToString("http://127.0.0.1:7073/api/v1/apps/a%2F..%2Fb%20c%3Fd");
    }

    @Test
    void a_parameter_without_a_value_is_left_out() {
        Route route = Route.to(PlatformService.LOAD_BALANCER, "decisions")
                .with("app", "a&b")
                .with("service", null)
                .with("limit", 5);

        assertThat(route.at(ADDRESS)).hasToString("http://127.0.0.1:7073/api/v1/decisions?app=a%26b&limit=5");
    }
}
