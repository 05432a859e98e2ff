package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether what was started serves by now. Nobody tells us: it is asked, again and again, for a while. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final InstantSource clock;

    Readiness(InstantSource clock) {
        this.clock = clock;
    }

    private interface Look {
        boolean isReady() throws IOException, InterruptedException;
    }

    void awaitPort(String service, String address, int port) {
        await(service, "%s:%d".formatted(address, port), () -> listens(address, port));
    }

    void awaitHttp(String service, String address, int port) {
        URI readiness = URI.create("http://%s:%d/actuator/health/readiness".formatted(address, port));
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(readiness).timeout(ANSWERS_WITHIN).build();
            await(
                    service,
                    readiness.toString(),
                    () -> http.send(request, BodyHandlers.discarding()).statusCode() == OK);
        }
    }

    private static boolean listens(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) ANSWERS_WITHIN.toMillis());
            return true;
        }
    }

    private void await(String service, String where, Look look) {
        Instant until = clock.instant().plus(PATIENCE);
        try {
            while (!isReady(look)) {
                if (clock.instant().isAfter(until)) {
                    throw new GaveUpException(
                            ExitCode.TIMED_OUT,
                            "%s does not answer at %s".formatted(service, where),
                            "Its log is on its machine: docker logs gantry-%s. Then say gantry up again: it goes on from here."
                                    .formatted(service));
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new GaveUpException(ExitCode.INTERRUPTED, "Interrupted while waiting for " + service, "");
        }
    }

    private static boolean isReady(Look look) throws InterruptedException {
        try {
            return look.isReady();
        } catch (IOException notYet) {
            return false;
        }
    }
}
