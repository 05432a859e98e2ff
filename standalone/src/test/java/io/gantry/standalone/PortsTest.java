package io.gantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void all_ports_move_with_the_base() {
        assertThat(new Ports(7070))
                .extracting(Ports::scheduler, Ports::postgres)
                .containsExactly(7071, 7432);
        assertThat(new Ports(17070))
                .extracting(Ports::scheduler, Ports::postgres)
                .containsExactly(17071, 17432);
    }

    @Test
    void a_base_that_leaves_no_room_is_refused() {
        assertThatThrownBy(() -> new Ports(65_400))
                .hasMessageContaining("--port-base")
                .hasMessageContaining("65400");
        assertThatThrownBy(() -> new Ports(80)).hasMessageContaining("--port-base");
    }

    @Test
    void a_port_in_use_is_named_with_who_needs_it_and_the_option_that_helps() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "Kafka"))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("Kafka")
                    .hasMessageContaining("--port-base");
        }
    }
}
