package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.remote.StatusLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Asks a platform service whether it is ready: ours say so, of the others it is enough that they listen. */
@Component
@OnlyInFleet
class Readiness {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final HttpClient client;

    Readiness(HttpClient readinessClient) {
        this.client = readinessClient;
    }

    boolean isReady(String service, String address, int port) {
        try {
            return Replica.KEEP_DATA.contains(service) ? listens(address, port) : says(address, port);
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean listens(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) WITHIN.toMillis());
            return true;
        }
    }

    private boolean says(String address, int port) throws IOException, InterruptedException {
        String host = address.contains(":") ? "[" + address + "]" : address;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://%s:%d/actuator/health/readiness".formatted(host, port)))
                .timeout(WITHIN)
                .build();
        return StatusLine.of(client, request) == HttpStatus.OK.value();
    }
}
