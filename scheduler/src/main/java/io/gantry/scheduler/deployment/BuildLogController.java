package io.gantry.scheduler.deployment;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.scheduler.live.EventStreams;
import io.gantry.scheduler.live.EventStreams.Next;
import io.gantry.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
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
    private final LastLines lastLines;
    private final EventStreams streams;

    BuildLogController(Deployments deployments, BuildLogs logs, LastLines lastLines, EventStreams streams) {
        this.deployments = deployments;
        this.logs = logs;
        this.lastLines = lastLines;
        this.streams = streams;
    }

    /**
     * Live, as long as the build goes on, for who asks for server-sent events; else as text, what there is so far, and once the build
     * has ended, all of it.
     *
     * @return none where the text has been written
     */
    @GetMapping
    @Nullable
    SseEmitter log(
            @PathVariable DeploymentToken token,
            @PathVariable ServiceName service,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = MediaType.ALL_VALUE) String accept,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        required(token, service);
        if (accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
            return live(token, service, lastEventId);
        }
        lastLines.await(token, service);
        writeText(token, service, response);
        return null;
    }

    private SseEmitter live(DeploymentToken token, ServiceName service, @Nullable String lastEventId) {
        BuildLogEvents events = new BuildLogEvents(
                lastEventId,
                (attempt, firstLine) -> logs.after(token, service, attempt, firstLine),
                () -> next(token, service));
        return streams.open(List.of(BuildLogs.subject(token, service), Deployment.subject(token)), events);
    }

    private Next next(DeploymentToken token, ServiceName service) {
        boolean over = required(token, service).state().compareTo(ServiceState.PUSHING) > 0;
        if (over) {
            return lastLines.areMissing(token, service) ? Next.LAST_WORDS : Next.NOTHING;
        }
        return Next.MORE;
    }

    private void writeText(DeploymentToken token, ServiceName service, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        for (BuildLogs.Chunk chunk : logs.after(token, service, 0, 0)) {
            for (String line : chunk.lines()) {
                response.getWriter().append(line).append('\n');
            }
        }
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
