package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** All faults are over, and all is gone. */
class Ending extends FleetPart {
    @Test
    @Order(1)
    void every_incident_is_over_in_the_end() {
        await("The end of all incidents")
                .atMost(Duration.ofMinutes(6))
                .untilAsserted(() -> assertThat(fleet.incidents())
                        .isNotEmpty()
                        .allSatisfy(incident ->
                                assertThat(incident.path("state").asString()).isEqualTo("CLOSED")));
    }

    @Test
    @Order(2)
    void nothing_is_left_of_it() throws IOException, InterruptedException {
        var down = fleet.down();
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(fleet.leftOnThisComputer()).isEmpty();
        assertThat(fleet.leftInHome()).isEmpty();
    }
}
