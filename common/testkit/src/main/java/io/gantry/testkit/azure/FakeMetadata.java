package io.gantry.testkit.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What a machine of Azure's asks who it is, played: plain HTTP, as there, on the loopback address. Whoever is not asked for as there gets nothing. */
public final class FakeMetadata implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOKENS = "/metadata/identity/oauth2/token";
    private static final Duration VALID = Duration.ofHours(24);

    private final HttpServer server;
    private final String token;
    private final InstantSource clock;
    private final List<String> identities = new CopyOnWriteArrayList<>();

    private FakeMetadata(HttpServer server, String token, InstantSource clock) {
        this.server = server;
        this.token = token;
        this.clock = clock;
    }

    /** @param token that every identity gets */
    public static FakeMetadata start(String token, InstantSource clock) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var metadata = new FakeMetadata(server, token, clock);
            server.createContext("/", metadata::take);
            server.start();
            return metadata;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The ids of those identities that tokens were given for. */
    public List<String> identities() {
        return List.copyOf(identities);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = Asked.of(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), MissingNode.getInstance());
            boolean meant = "true".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Metadata"));
            String identity = asked.asked("msi_res_id") + asked.asked("mi_res_id");
            if (!asked.path().equals(TOKENS) || !meant || identity.isEmpty()) {
                send(exchange, 400, JSON.createObjectNode().put("error", "invalid_request"));
                return;
            }
            identities.add(identity);
            send(exchange, 200, given(asked.asked("resource")));
        }
    }

    private JsonNode given(String resource) {
        return JSON.createObjectNode()
                .put("access_token", token)
                .put("expires_in", Long.toString(VALID.toSeconds()))
                .put("expires_on", Long.toString(clock.instant().plus(VALID).getEpochSecond()))
                .put("resource", resource)
                .put("token_type", "Bearer");
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
