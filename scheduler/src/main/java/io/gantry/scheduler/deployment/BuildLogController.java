package io.gantry.scheduler.deployment;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.scheduler.live.EventStreams;
import io.gantry.web.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/v1/deployments/{token}/services/{service}/log")
class BuildLogController {
    private final Deployments deployments;
    private final BuildLogs logs;
    private final EventStreams streams;

    BuildLogController(Deployments deployments, BuildLogs logs, EventStreams streams) {
        this.deployments = deployments;
        this.logs = logs;
        this.streams = streams;
    }

    /** What there is so far. */
    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    String text(@PathVariable DeploymentToken token, @PathVariable ServiceName service) {
        required(token, service);
        return logs.after(token, service, 0, 0).stream()
                .flatMap(chunk -> chunk.lines().stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** Line by line, as long as the build goes on. */
    @GetMapping(headers = "Accept=" + MediaType.TEXT_EVENT_STREAM_VALUE, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> live(
            @PathVariable DeploymentToken token,
            @PathVariable ServiceName service,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        required(token, service);
        BuildLogEvents events = new BuildLogEvents(
                lastEventId,
                (attempt, firstLine) -> logs.after(token, service, attempt, firstLine),
                () -> required(token, service).state().compareTo(ServiceState.PUSHING) > 0);
        return ResponseEntity.ok().body(streams.open(BuildLogs.subject(token, service), events));
    }

    private ServiceProgress required(DeploymentToken token, ServiceName service) {
        List<ServiceProgress> services = deployments.require(token).progress().services();
        return services.stream()
                .filter(progress -> progress.name().equals(service))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "SERVICE_NOT_FOUND",
                        "Deployment %s is not about a service \"%s\"; it is about %s."
                                .formatted(token, service, names(services))));
    }

    private static String names(List<ServiceProgress> services) {
        return services.stream().map(service -> service.name().value()).collect(Collectors.joining(", "));
    }
}
