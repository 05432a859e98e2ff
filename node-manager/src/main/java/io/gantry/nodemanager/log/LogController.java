package io.gantry.nodemanager.log;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.Instance;
import io.gantry.nodemanager.registry.InstanceFilter;
import io.gantry.nodemanager.registry.Registry;
import io.gantry.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Logs: as text or, if that is asked for, as JSON what there is; with {@code follow} as events what there is and what comes. */
@RestController
class LogController {
    private static final String OF_INSTANCE = "/api/v1/instances/{id}/log";
    private static final String OF_APP = "/api/v1/apps/{app}/log";

    private final Registry registry;
    private final InstanceLogs logs;
    private final LiveLogs liveLogs;
    private final LogPlaces places;
    private final JsonMapper json;

    LogController(Registry registry, InstanceLogs logs, LiveLogs liveLogs, LogPlaces places, JsonMapper json) {
        this.registry = registry;
        this.logs = logs;
        this.liveLogs = liveLogs;
        this.places = places;
        this.json = json;
    }

    @GetMapping(path = OF_INSTANCE, params = "follow!=true")
    void ofInstance(
            @PathVariable InstanceId id,
            @RequestParam(required = false) @Min(0) @Nullable Integer tail,
            @RequestHeader HttpHeaders headers,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        try (History history = History.of(logs, required(id), new LogRange(tail, null))) {
            write(history, headers, response, false);
        } catch (LogUnavailable why) {
            throw problem(why);
        }
    }

    @GetMapping(path = OF_INSTANCE, params = "follow=true")
    SseEmitter followInstance(
            @PathVariable InstanceId id,
            @RequestParam(required = false) @Min(0) @Nullable Integer tail,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        required(id);
        return follow(() -> Optional.ofNullable(registry.find(id)).stream().toList(), range(tail, lastEventId), false);
    }

    @GetMapping(path = OF_APP, params = "follow!=true")
    void ofApp(
            @PathVariable AppName app,
            @RequestParam(required = false) @Nullable ServiceName service,
            @RequestParam(required = false) @Min(0) @Nullable Integer tail,
            @RequestHeader HttpHeaders headers,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        List<Instance> instances = registry.matching(InstanceFilter.of(app, service));
        if (instances.isEmpty()) {
            throw ProblemException.notFound(
                    "NO_INSTANCES",
                    "There is no instance of %s%s.".formatted(app, service == null ? "" : "/" + service));
        }
        try (History history = History.of(logs, instances, new LogRange(tail, null))) {
            write(history, headers, response, true);
        }
    }

    /** There need not be any instance yet. */
    @GetMapping(path = OF_APP, params = "follow=true")
    SseEmitter followApp(
            @PathVariable AppName app,
            @RequestParam(required = false) @Nullable ServiceName service,
            @RequestParam(required = false) @Min(0) @Nullable Integer tail,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        InstanceFilter filter = InstanceFilter.of(app, service);
        return follow(() -> registry.matching(filter), range(tail, lastEventId), true);
    }

    private SseEmitter follow(Supplier<List<Instance>> instances, LogRange range, boolean goesOn) {
        try {
            places.requireOneToFollow(instances.get());
            return liveLogs.follow(instances, range, goesOn);
        } catch (LogUnavailable why) {
            throw problem(why);
        }
    }

    private static ProblemException problem(LogUnavailable why) {
        String sentence = String.valueOf(why.getMessage());
        return switch (why.reason()) {
            case GONE -> ProblemException.notFound("LOG_GONE", sentence);
            case AWAY -> new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "LOG_UNAVAILABLE", sentence);
            case TOO_MANY -> new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_LOGS", sentence);
        };
    }

    private void write(History history, HttpHeaders asked, HttpServletResponse response, boolean named)
            throws IOException, InterruptedException {
        boolean asJson = asked.getAccept().contains(MediaType.APPLICATION_NDJSON);
        response.setContentType(asJson ? MediaType.APPLICATION_NDJSON_VALUE : MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try (var writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            history.show(asJson ? new JsonSink(writer, json) : new TextSink(writer, named));
        }
    }

    private static LogRange range(@Nullable Integer tail, @Nullable String lastEventId) {
        Instant after = lastEventId == null ? null : timeOf(lastEventId);
        return new LogRange(after == null ? tail : null, after);
    }

    private static Instant timeOf(String lastEventId) {
        try {
            return Instant.parse(lastEventId);
        } catch (DateTimeException noTime) {
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER", "Last-Event-ID is the id of an event that was received, a time.");
        }
    }

    private Instance required(InstanceId id) {
        Instance instance = registry.find(id);
        if (instance == null) {
            throw ProblemException.notFound("NO_SUCH_INSTANCE", "There is no instance %s.".formatted(id));
        }
        return instance;
    }
}
