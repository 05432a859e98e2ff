package io.gantry.bootstrapper.platform;

import io.gantry.contract.fleet.KeyText;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Requests on their way: each carries the API key, and goes to the first address that takes it. */
final class Calls {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final @Nullable KeyText key;
    private final Way way;
    private final Map<PlatformService, URI> answered = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Calls(@Nullable KeyText key, Way way) {
        this.key = key;
        this.way = way;
    }

    /** Another address is tried only where none of the request can have arrived. */
    HttpResponse<InputStream> send(Route route, Addresses addresses, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        IOException why = new ConnectException("No address is known");
        for (URI address : inOrder(route.service(), addresses)) {
            try {
                URI there = route.at(way.to(address));
                HttpResponse<InputStream> response =
                        http.send(withKey(request.copy().uri(there)), BodyHandlers.ofInputStream());
                answered.put(route.service(), address);
                return response;
            } catch (ConnectException | HttpConnectTimeoutException | NoRouteToHostException notThere) {
                why = notThere;
            }
        }
        addresses.forget();
        throw why;
    }

    /** Who has answered before is asked first. */
    private List<URI> inOrder(PlatformService service, Addresses addresses) {
        List<URI> order = new ArrayList<>(addresses.of(service));
        URI before = answered.get(service);
        if (before != null && order.remove(before)) {
            order.addFirst(before);
        }
        return order;
    }

    private HttpRequest withKey(HttpRequest.Builder request) {
        return key == null
                ? request.build()
                : request.header("Authorization", "Bearer " + key.text()).build();
    }
}
