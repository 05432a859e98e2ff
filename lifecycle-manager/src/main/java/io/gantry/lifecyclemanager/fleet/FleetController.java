package io.gantry.lifecyclemanager.fleet;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.web.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes and shows what the fleet is to be. */
@RestController
@RequestMapping("/api/v1/fleet")
@OnlyInFleet
class FleetController {
    private final Fleets fleets;
    private final FleetChanges changes;

    FleetController(Fleets fleets, FleetChanges changes) {
        this.fleets = fleets;
        this.changes = changes;
    }

    /**
     * @param fleet as in fleet.yaml
     * @param platformImage of the platform's own services; none: the one that the lifecycle manager was started from
     * @param machines that are there already, and by which keys to know them
     */
    record Told(
            JsonNode fleet,
            @Nullable String platformImage,
            @Nullable List<Met> machines) {}

    /** @param hostKey as in a known_hosts line without the host */
    record Met(String name, String hostKey) {}

    @PutMapping
    FleetDocument tell(@RequestBody Told told) {
        return changes.tell(
                FleetWords.read(told.fleet(), "/fleet"),
                told.platformImage(),
                Objects.requireNonNullElse(told.machines(), List.of()));
    }

    @GetMapping
    FleetDocument show() {
        return fleets.findAsTold()
                .orElseThrow(() -> ProblemException.notFound(
                        "FLEET_NOT_TOLD", "Nobody has told yet what the fleet is to be: gantry up does that."));
    }
}
