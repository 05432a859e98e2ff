package io.gantry.remote;

import io.gantry.contract.manifest.Health;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks an instance whether it is well. Of its answer only the status counts; the rest is not read. Any number of threads may
 * ask at a time.
 */
public final class HealthProbe implements AutoCloseable {
    private static final int GOOD_FROM = 200;
    private static final int GOOD_BELOW = 400;
    private static final String NOT_IN_A_URI = "\"<>\\^`{|}[]#";
    private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(work -> Thread.ofVirtual().name("probe").start(work))
            .build();
    private final Duration moment;

    public HealthProbe() {
        this(A_MOMENT);
    }

    /** @param moment for which a connection has to last */
    HealthProbe(Duration moment) {
        this.moment = moment;
    }

    public enum Heard {
        GOOD,
        BAD,
        /** Something there takes connections, and says nothing: who asks is not the one who is cut off. */
        NOTHING,
        /** No connection came about. */
        UNREACHED
    }

    /** @param words what it answered: {@code HTTP 503}, {@code connection refused} */
    public record Answer(Heard heard, String words) {
        public boolean good() {
            return heard == Heard.GOOD;
        }

        /** Whether it said anything, good or bad. */
        public boolean spoke() {
            return heard == Heard.GOOD || heard == Heard.BAD;
        }

        /** Whether the way to it is open. */
        public boolean reached() {
            return heard != Heard.UNREACHED;
        }

        private static Answer late(Heard heard, Duration timeout) {
            return new Answer(heard, "no answer within " + timeout.toMillis() + " ms");
        }
    }

    /** Takes no longer than the timeout of the health check, and a moment. */
    public Answer ask(String address, int port, Health health) throws InterruptedException {
        Duration timeout = health.timeout().value();
        return health.path() == null
                ? connect(address, port, timeout)
                : get(new InetSocketAddress(address, port), uri(address, port, health.path()), timeout);
    }

    private static URI uri(String address, int port, String path) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + port + encoded(path));
    }

    /** A path may hold characters that a URI may not. */
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (int at = 0; at < path.length(); at++) {
            char next = path.charAt(at);
            if (NOT_IN_A_URI.indexOf(next) >= 0
                    || (next == '%'
                            && !ESCAPE.matcher(path).region(at, path.length()).lookingAt())) {
                encoded.append("%%%02X".formatted((int) next));
            } else {
                encoded.append(next);
            }
        }
        return encoded.toString();
    }

    private Answer get(InetSocketAddress place, URI uri, Duration timeout) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("User-Agent", "gantry-health-check")
                .build();
        try {
            int status = StatusLine.of(http, request);
            boolean good = status >= GOOD_FROM && status < GOOD_BELOW;
            return new Answer(good ? Heard.GOOD : Heard.BAD, "HTTP " + status);
        } catch (HttpTimeoutException late) {
            return Answer.late(takesConnections(place) ? Heard.NOTHING : Heard.UNREACHED, timeout);
        } catch (ConnectException refused) {
            return new Answer(Heard.UNREACHED, words(refused));
        } catch (IOException broken) {
            return new Answer(Heard.NOTHING, words(broken));
        }
    }

    /** The HTTP client does not say how far it came. */
    private boolean takesConnections(InetSocketAddress place) {
        try (Socket socket = new Socket()) {
            socket.connect(place, Math.toIntExact(moment.toMillis()));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /**
     * An engine takes connections for a port as soon as the container runs, and drops them if nothing listens behind it. So
     * it counts only a connection that lasts for a moment.
     */
    private Answer connect(String address, int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(moment.toMillis()));
            return socket.getInputStream().read() < 0
                    ? new Answer(Heard.NOTHING, "the connection was closed at once")
                    : new Answer(Heard.GOOD, "connected");
        } catch (SocketTimeoutException lasts) {
            return lasts.getMessage() != null && lasts.getMessage().startsWith("Connect")
                    ? Answer.late(Heard.UNREACHED, timeout)
                    : new Answer(Heard.GOOD, "connected");
        } catch (IOException broken) {
            return new Answer(Heard.UNREACHED, words(broken));
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

    @Override
    public void close() {
        http.shutdownNow();
    }
}
