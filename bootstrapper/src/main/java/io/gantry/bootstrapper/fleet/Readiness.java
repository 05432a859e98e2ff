package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.platform.UnreachableException;
import io.gantry.bootstrapper.platform.Way;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.machines.Patience;
import io.gantry.remote.StatusLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Whether what was started serves by now. Nobody tells us: it is asked, again and again, for a while. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final Patience patience;
    private final Way way;

    Readiness(InstantSource clock, Way way) {
        this.way = way;
        this.patience = new Patience(clock, PATIENCE, BETWEEN_LOOKS);
    }

    private interface Look {
        boolean isReady() throws IOException, InterruptedException;
    }

    void awaitPort(String service, String address, int port) {
        await(
                service,
                "%s:%d".formatted(address, port),
                () -> listens(way.to(URI.create("tcp://%s:%d".formatted(address, port)))));
    }

    void awaitHttp(String service, String address, int port) {
        URI readiness = URI.create("http://%s:%d/actuator/health/readiness".formatted(address, port));
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build()) {
            await(service, readiness.toString(), () -> {
                HttpRequest request = HttpRequest.newBuilder(way.to(readiness))
                        .timeout(ANSWERS_WITHIN)
                        .build();
                return StatusLine.of(http, request) == OK;
            });
        }
    }

    private static boolean listens(URI address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), (int) ANSWERS_WITHIN.toMillis());
            return true;
        }
    }

    private void await(String service, String where, Look look) {
        if (patience.await(() -> seen(look)).isEmpty()) {
            throw new GaveUpException(
                    ExitCode.TIMED_OUT,
                    "%s does not answer at %s".formatted(service, where),
                    "Its log is on its machine: docker logs gantry-%s. Then say gantry up again: it goes on from here."
                            .formatted(service));
        }
    }

    private static Optional<Boolean> seen(Look look) {
        try {
            return look.isReady() ? Optional.of(true) : Optional.empty();
        } catch (IOException | UnreachableException notYet) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
