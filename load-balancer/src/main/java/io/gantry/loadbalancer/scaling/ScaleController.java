package io.gantry.loadbalancer.scaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Scales a service by hand, and tells how it is being scaled. */
@RestController
@RequestMapping("/api/v1/apps/{app}/services/{service}/scale")
class ScaleController {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Scaling scaling;
    private final Arrivals arrivals;
    private final ScaleSettings settings;

    ScaleController(Scaling scaling, Arrivals arrivals, ScaleSettings settings) {
        this.scaling = scaling;
        this.arrivals = arrivals;
        this.settings = settings;
    }

    /** The same wish again changes nothing but how long it holds. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ScaleStatus scale(@PathVariable AppName app, @PathVariable ServiceName service, @RequestBody Wish wish)
            throws InterruptedException {
        ServiceId id = new ServiceId(app, service);
        int replicas = replicas(wish);
        Duration holds = holds(wish);
        return arrivals.awaited(id, () -> scaling.scale(id, replicas, holds)).orElseThrow(() -> nothingRuns(id));
    }

    @GetMapping
    ScaleStatus status(@PathVariable AppName app, @PathVariable ServiceName service) throws InterruptedException {
        ServiceId id = new ServiceId(app, service);
        return arrivals.awaited(id, () -> scaling.status(id)).orElseThrow(() -> nothingRuns(id));
    }

    private int replicas(Wish wish) {
        JsonNode replicas = wish.replicas();
        if (replicas == null
                || !replicas.isInt()
                || replicas.intValue() < 0
                || replicas.intValue() > settings.limit()) {
            throw invalid("/replicas", "say how many instances: a whole number from 1 to " + settings.limit());
        }
        if (replicas.intValue() == 0) {
            throw invalid("/replicas", "0 is a stop: ask for a deployment with the mode STOP instead");
        }
        return replicas.intValue();
    }

    private Duration holds(Wish wish) {
        Duration holds =
                wish.holds() == null ? settings.manualFor() : wish.holds().value();
        if (holds.compareTo(LONGEST) > 0) {
            throw invalid("/for", "it can hold for a year at the most: " + LONGEST.toHours() + "h");
        }
        return holds;
    }

    private static ProblemException invalid(String pointer, String message) {
        return ProblemException.badRequest(
                "INVALID_SCALE",
                "The service can't be scaled like that: " + message + ".",
                new FieldProblem(pointer, message));
    }

    private static ProblemException nothingRuns(ServiceId service) {
        return ProblemException.notFound(
                "SERVICE_NOT_RUNNING",
                "No instance of %s runs: deploy it first (mode RUN or BUILD_AND_RUN), then scale it."
                        .formatted(service));
    }

    /**
     * @param replicas as it was sent, so that 2.5 is refused and not rounded
     * @param holds how long nothing else may change the number, {@code 30m}
     */
    record Wish(
            @Schema(type = "integer", example = "3") @Nullable
            JsonNode replicas,

            @JsonProperty("for") @Schema(type = "string", example = "30m") @Nullable
            TimeSpan holds) {}
}
