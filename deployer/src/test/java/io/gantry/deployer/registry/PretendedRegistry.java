package io.gantry.deployer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.event.annotation.BeforeTestMethod;

/** The part of a container registry that knows tags and forgets images, and behaves as a test wants it to. */
public final class PretendedRegistry {
    /** What it answers to whoever wants to delete. */
    public enum Behaviour {
        DELETES,
        KEEPS,
        IS_AWAY
    }

    private static final Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list");
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/(.+)");
    private static final String TOKEN = "good-for-one-repository";

    public final AtomicInteger asked = new AtomicInteger();
    public volatile Behaviour behaviour = Behaviour.DELETES;
    public volatile boolean demandsToken;

    /** Whoever gives tokens knows nobody. */
    public volatile boolean givesNoToken;

    /** It says how much it will answer, and then no more: not even that it is gone. */
    public volatile boolean diesAfterHeaders;

    /** Of one page of tags. */
    public volatile int shown = 100;

    public volatile @Nullable String lastTokenAskedWith;
    private final Map<String, Map<String, String>> repositories = new ConcurrentHashMap<>();
    private final HttpServer server;

    private PretendedRegistry(HttpServer server) {
        this.server = server;
    }

    public static PretendedRegistry start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            PretendedRegistry registry = new PretendedRegistry(server);
            server.createContext("/", registry::answer);
            server.start();
            return registry;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @BeforeTestMethod
    public void reset() {
        behaviour = Behaviour.DELETES;
        shown = 100;
    }

    public void stop() {
        server.stop(0);
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public void hold(String repository, String tag, String digest) {
        repositories.computeIfAbsent(repository, _ -> new ConcurrentHashMap<>()).put(tag, digest);
    }

    public Set<String> tags(String repository) {
        return repositories.getOrDefault(repository, Map.of()).keySet();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        Matcher tags = TAGS.matcher(path);
        Matcher manifest = MANIFEST.matcher(path);
        if (path.equals("/token")) {
            lastTokenAskedWith = exchange.getRequestURI().getRawQuery() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization");
            if (givesNoToken) {
                send(exchange, 401, "");
            } else {
                send(exchange, 200, "{\"access_token\": \"%s\"}".formatted(TOKEN));
            }
        } else if (behaviour == Behaviour.IS_AWAY) {
            send(exchange, 503, "");
        } else if (demandsToken
                && !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://%s/token\",service=\"here\",scope=\"repository:a/b:pull,delete\""
                                    .formatted(address()));
            send(exchange, 401, "");
        } else if (tags.matches()) {
            tags(exchange, tags.group(1));
        } else if (manifest.matches()) {
            manifest(exchange, repositories.getOrDefault(manifest.group(1), Map.of()), manifest.group(2));
        } else {
            send(exchange, 404, "");
        }
    }

    private void tags(HttpExchange exchange, String repository) throws IOException {
        if (repositories.containsKey(repository)) {
            String listed = tags(repository).stream()
                    .limit(shown)
                    .map(tag -> "\"" + tag + "\"")
                    .collect(Collectors.joining(","));
            send(exchange, 200, "{\"tags\": [%s]}".formatted(listed));
        } else {
            send(exchange, 404, "");
        }
    }

    private void manifest(HttpExchange exchange, Map<String, String> tags, String reference) throws IOException {
        if (exchange.getRequestMethod().equals("DELETE")) {
            boolean deletes = behaviour == Behaviour.DELETES;
            boolean deleted = deletes && tags.values().removeIf(reference::equals);
            send(exchange, deleted ? 202 : deletes ? 404 : 405, "");
        } else if (tags.containsKey(reference)) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", tags.get(reference));
            send(exchange, 200, "");
        } else {
            send(exchange, 404, "");
        }
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (diesAfterHeaders && bytes.length > 0) {
            exchange.getResponseBody().flush();
            return;
        }
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
