package io.gantry.loadbalancer.placement;

import static io.gantry.loadbalancer.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.loadbalancer.ServiceId;
import org.junit.jupiter.api.Test;

class HomesTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final ServiceId WEB = new ServiceId(SHOP, new ServiceName("web"));
    private static final ServiceId STORE = new ServiceId(SHOP, new ServiceName("store"));

    private final Homes homes = new Homes();

    @Test
    void the_first_service_of_an_app_may_go_anywhere() {
        homes.add(A, new ServiceId(new AppName("other"), new ServiceName("web")));
        assertThat(homes.of(WEB, true, node -> true)).isNull();
    }

    @Test
    void the_next_goes_where_the_others_are() {
        homes.add(A, WEB);
        assertThat(homes.of(STORE, true, node -> true)).isEqualTo(A);
    }

    @Test
    void an_only_service_spreads() {
        homes.add(A, WEB);
        assertThat(homes.of(WEB, false, node -> true)).isNull();
    }

    @Test
    void one_of_several_does_not_although_it_is_the_first() {
        homes.add(A, WEB);
        assertThat(homes.of(WEB, true, node -> true)).isEqualTo(A);
    }

    @Test
    void an_app_that_is_scattered_gathers_where_most_of_it_is() {
        homes.add(A, WEB);
        homes.add(B, WEB);
        assertThat(homes.of(STORE, true, node -> true)).isEqualTo(A);
        homes.add(B, WEB);
        assertThat(homes.of(STORE, true, node -> true)).isEqualTo(B);
    }

    @Test
    void a_node_that_does_not_count_is_no_home() {
        homes.add(A, WEB);
        assertThat(homes.of(STORE, true, B::equals)).isNull();
    }

    @Test
    void what_is_gone_holds_nobody() {
        homes.add(A, WEB);
        homes.remove(A, WEB);
        homes.remove(A, WEB);
        assertThat(homes.of(STORE, true, node -> true)).isNull();
    }
}
