package io.gantry.bootstrapper.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.PlayedPlatform;
import io.gantry.remote.HostKey;
import io.gantry.testkit.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WayTest {
    private static final URI AWAY = URI.create("http://10.42.0.4:7070/");
    private static final URI THERE = URI.create("http://10.42.0.5:7070/");
    private static final Route MACHINES = Route.to(PlatformService.LIFECYCLE_MANAGER, "machines");

    private PlayedPlatform played;

    @BeforeEach
    void play() throws IOException {
        played = new PlayedPlatform().on("GET /api/v1/machines", 200, "{\"machines\": []}");
    }

    @AfterEach
    void stop() {
        played.close();
    }

    private static Platform fleet(Way way) {
        return Platform.ofFleet(List.of(AWAY, THERE), way, null, JsonMapper.shared());
    }

    @Test
    void where_nobody_is_at_the_end_of_the_way_the_next_one_is_asked() {
        Platform fleet = fleet(address -> {
            if (address.equals(AWAY)) {
                throw new ConnectException("Nobody takes connections there");
            }
            return played.address();
        });
        assertThat(fleet.get(MACHINES).path("machines").isArray()).isTrue();
    }

    @Test
    void addresses_are_told_as_they_are_in_the_fleet() {
        Platform fleet = fleet(_ -> {
            throw new ConnectException("Nobody takes connections there");
        });
        assertThatThrownBy(() -> fleet.get(MACHINES))
                .isInstanceOf(UnreachableException.class)
                .hasMessage(
                        "The lifecycle-manager does not answer at http://10.42.0.4:7070/ or http://10.42.0.5:7070/");
    }

    @Test
    void where_one_gate_is_closed_the_next_is_gone_through_and_from_then_on_first() {
        AtomicInteger knocks = new AtomicInteger();
        Way gate = closed().way();
        Way closed = address -> {
            knocks.incrementAndGet();
            return gate.to(address);
        };
        Platform fleet = fleet(new FirstOpen(List.of(closed, _ -> played.address())));
        assertThat(fleet.get(MACHINES).path("machines").isArray()).isTrue();
        assertThat(fleet.get(MACHINES).path("machines").isArray()).isTrue();
        assertThat(knocks).hasValue(1);
    }

    @Test
    void that_nobody_is_behind_an_open_gate_is_an_answer() {
        Way open = _ -> {
            throw new ConnectException("Nobody takes connections there");
        };
        Way another = _ -> {
            throw new AssertionError("It is the same network");
        };
        assertThatThrownBy(() -> fleet(new FirstOpen(List.of(open, another))).get(MACHINES))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("The lifecycle-manager does not answer at ");
    }

    @Test
    void where_all_gates_are_closed_each_is_named() {
        Gate first = closed();
        Gate second = closed();
        assertThatThrownBy(() -> fleet(Gate.way(List.of(first, second))).get(MACHINES))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith(
                        "This computer reaches the fleet through the SSH servers of 2 machines only, and gets through none: ")
                .hasMessageContaining("gantry@127.0.0.1:" + first.machine().getPort())
                .hasMessageContaining("gantry@127.0.0.1:" + second.machine().getPort());
    }

    @Test
    void a_gate_that_lets_nobody_through_is_named() {
        Gate gate = closed();
        assertThatThrownBy(() -> fleet(Gate.way(List.of(gate))).get(MACHINES))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("This computer reaches the fleet through one machine's SSH server only: ")
                .hasMessageContaining("gantry@127.0.0.1:" + gate.machine().getPort());
    }

    private static Gate closed() {
        return new Gate(
                URI.create("ssh://gantry@127.0.0.1:" + FreePorts.next()),
                HostKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl0"),
                Path.of("id_ed25519"));
    }
}
