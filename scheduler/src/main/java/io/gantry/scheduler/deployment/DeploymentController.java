package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.live.EventStreams;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/v1")
class DeploymentController {
    private static final int MOST = 200;

    private final Deployments deployments;
    private final DeploymentTable table;
    private final Apps apps;
    private final AppUrl urls;
    private final EventStreams streams;
    private final InstantSource clock;

    DeploymentController(
            Deployments deployments,
            DeploymentTable table,
            Apps apps,
            AppUrl urls,
            EventStreams streams,
            InstantSource clock) {
        this.deployments = deployments;
        this.table = table;
        this.apps = apps;
        this.urls = urls;
        this.streams = streams;
        this.clock = clock;
    }

    @PostMapping("/apps/{app}/deployments")
    ResponseEntity<DeploymentView> request(
            @PathVariable AppName app,
            @RequestBody DeploymentRequest.Body body,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey) {
        return accepted(deployments.request(app, body.checked(), IdempotencyKey.checked(idempotencyKey)));
    }

    /**
     * An app's deployments, the newest first.
     *
     * @param before only those asked for before this one
     */
    @GetMapping("/apps/{app}/deployments")
    List<DeploymentView> history(
            @PathVariable AppName app,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable DeploymentToken before) {
        apps.require(app);
        return table.of(app, before, Math.clamp(limit, 1, MOST)).stream()
                .map(this::view)
                .toList();
    }

    /** Of any app, those that are not over though their deadline has passed. When all is well there is none. */
    @GetMapping(path = "/deployments", params = "stuck=true")
    List<DeploymentView> stuck() {
        return table.overdue(clock.instant(), MOST).stream().map(this::view).toList();
    }

    @GetMapping("/deployments/{token}")
    DeploymentView one(@PathVariable DeploymentToken token) {
        return view(deployments.require(token));
    }

    @PostMapping("/deployments/{token}/cancel")
    ResponseEntity<DeploymentView> cancel(@PathVariable DeploymentToken token) {
        return accepted(deployments.cancel(token));
    }

    /** The deployment as it is, then at each change; after the end, who comes back is told not to. */
    @GetMapping(path = "/deployments/{token}/events")
    ResponseEntity<SseEmitter> events(
            @PathVariable DeploymentToken token,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        Deployment deployment = deployments.require(token);
        DeploymentEvents events = new DeploymentEvents(lastEventId, () -> deployments.require(token), this::view);
        return events.hasTold(deployment) && deployment.isOver()
                ? ResponseEntity.noContent().build()
                : ResponseEntity.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .body(streams.open(List.of(Deployment.subject(token)), events));
    }

    private ResponseEntity<DeploymentView> accepted(Deployment deployment) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/deployments/" + deployment.token()))
                .body(view(deployment));
    }

    private DeploymentView view(Deployment deployment) {
        return DeploymentView.of(deployment, urls.of(deployment).orElse(null));
    }
}
