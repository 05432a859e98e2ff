package io.gantry.deployer.rollout;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.manifest.Health;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks an instance whether it is well. Of its answer only the status counts; the rest is not read. */
@Component
class Probe {
    private static final int GOOD_FROM = 200;
    private static final int GOOD_BELOW = 400;
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /** @param words what it answered: {@code HTTP 503}, {@code connection refused} */
    record Answer(boolean good, String words) {}

    Answer ask(InstanceAddress at, Health health) throws InterruptedException {
        int port = Objects.requireNonNull(at.port(), "Only what listens can be asked");
        Duration timeout = health.timeout().value();
        return health.path() == null
                ? connect(at.address(), port, timeout)
                : get(uri(at.address(), port, health.path()), timeout);
    }

    private static URI uri(String address, int port, String path) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + port + encoded(path));
    }

    /** A path may hold characters that a URI may not. */
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        path.chars().forEach(next -> {
            if ("\"<>\\^`{|}[]#".indexOf(next) >= 0) {
                encoded.append("%%%02X".formatted(next));
            } else {
                encoded.append((char) next);
            }
        });
        return encoded.toString();
    }

    private Answer get(URI uri, Duration timeout) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("User-Agent", "gantry-health-check")
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            int status = response.statusCode();
            return new Answer(status >= GOOD_FROM && status < GOOD_BELOW, "HTTP " + status);
        } catch (HttpTimeoutException late) {
            return new Answer(false, "no answer within " + timeout.toMillis() + " ms");
        } catch (IOException broken) {
            return new Answer(false, words(broken));
        }
    }

    /**
     * An engine takes connections for a port as soon as the container runs, and drops them if nothing listens behind it. So
     * it counts only a connection that lasts for a moment.
     */
    private static Answer connect(String address, int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(A_MOMENT.toMillis()));
            return socket.getInputStream().read() < 0
                    ? new Answer(false, "the connection was closed at once")
                    : new Answer(true, "connected");
        } catch (SocketTimeoutException lasts) {
            return lasts.getMessage() != null && lasts.getMessage().startsWith("Connect")
                    ? new Answer(false, "no answer within " + timeout.toMillis() + " ms")
                    : new Answer(true, "connected");
        } catch (IOException broken) {
            return new Answer(false, words(broken));
        }
    }

    /** The JDK's HTTP client gives some of its exceptions no message. */
    private static String words(IOException broken) {
        for (@Nullable Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return broken instanceof ConnectException
                ? "connection refused"
                : broken.getClass().getSimpleName();
    }
}
