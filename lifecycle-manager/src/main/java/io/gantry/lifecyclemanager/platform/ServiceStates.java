package io.gantry.lifecyclemanager.platform;

import io.gantry.lifecyclemanager.OnlyOutsideFleet;
import io.gantry.lifecyclemanager.platform.PlatformService.State;
import io.gantry.remote.StatusLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How the services of the platform are; each is asked now, all at the same time. */
@Component
@OnlyOutsideFleet
class ServiceStates {
    private final PlatformSettings settings;
    private final HttpClient client;

    ServiceStates(PlatformSettings settings, HttpClient readinessClient) {
        this.settings = settings;
        this.client = readinessClient;
    }

    /** @return by name */
    List<PlatformService> ask() {
        List<CompletableFuture<PlatformService>> asked = settings.services().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(service -> ask(service.getKey(), service.getValue()))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<PlatformService> ask(String name, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/actuator/health/readiness"))
                .timeout(settings.answersWithin())
                .build();
        return client.sendAsync(request, BodyHandlers.ofInputStream())
                .handle((answer, failure) ->
                        new PlatformService(name, address.getHost(), address.getPort(), state(answer, failure)));
    }

    private static State state(@Nullable HttpResponse<InputStream> answer, @Nullable Throwable failure) {
        if (answer == null || failure != null) {
            return State.UNREACHABLE;
        }
        try {
            return StatusLine.of(answer) == HttpStatus.OK.value() ? State.READY : State.NOT_READY;
        } catch (IOException broken) {
            return State.UNREACHABLE;
        }
    }
}
