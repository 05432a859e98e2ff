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
    void a_gate_that_lets_nobody_through_is_named() {
        int closed = FreePorts.next();
        var gate = new Gate(
                URI.create("ssh://gantry@127.0.0.1:" + closed),
                HostKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl0"),
                Path.of("id_ed25519"));
        assertThatThrownBy(() -> fleet(gate.way()).get(MACHINES))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("This computer reaches the fleet through one machine's SSH server only: ")
                .hasMessageContaining("gantry@127.0.0.1:" + closed);
    }
}
