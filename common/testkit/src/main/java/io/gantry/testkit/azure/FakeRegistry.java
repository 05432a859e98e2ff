package io.gantry.testkit.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An Azure Container Registry, played over TLS: it exchanges a token of Azure's for its own, that for one which is good for less, and
 * passes on what concerns images to a real registry, which believes these tokens and no others.
 */
public final class FakeRegistry implements AutoCloseable {
    /** What it exchanges. */
    public static final String TOKEN_OF_AZURE = "a token of Azure's";

    private static final String BEARER = "00000000-0000-0000-0000-000000000000";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpsServer server;
    private final ServerKeys keys;
    private final RegistryTokens tokens;
    private final Forwarding forwarding = new Forwarding();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<TokenAsked> asked = new CopyOnWriteArrayList<>();
    private final List<Mishap> script = new ArrayList<>();
    private volatile @Nullable URI images;

    /**
     * A request for a token, as it arrived.
     *
     * @param path {@code exchange} or {@code token}
     */
    public record TokenAsked(String method, String path, Map<String, List<String>> form) {
        String first(String field) {
            return form.getOrDefault(field, List.of("")).getFirst();
        }
    }

    private FakeRegistry(HttpsServer server, ServerKeys keys, InstantSource clock) {
        this.server = server;
        this.keys = keys;
        this.tokens = new RegistryTokens(keys, clock);
    }

    public static FakeRegistry start(InstantSource clock) {
        try {
            ServerKeys keys = ServerKeys.make(List.of("dns:localhost", "ip:127.0.0.1"));
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(keys.serving()));
            FakeRegistry registry = new FakeRegistry(server, keys, clock);
            server.createContext("/oauth2/", registry::giveToken);
            server.createContext("/v2/", registry::passOn);
            server.setExecutor(registry.threads);
            server.start();
            return registry;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** For whoever asks. */
    public SSLContext trust() {
        return keys.trusting();
    }

    /** By what a real registry believes these tokens, as its environment; the certificate lies in a file there. */
    public Map<String, String> settings(String certificateFile) {
        return Map.of(
                "REGISTRY_HTTP_HOST",
                "https://" + address(),
                "REGISTRY_AUTH",
                "token",
                "REGISTRY_AUTH_TOKEN_REALM",
                "https://%s/oauth2/token".formatted(address()),
                "REGISTRY_AUTH_TOKEN_SERVICE",
                RegistryTokens.SERVICE,
                "REGISTRY_AUTH_TOKEN_ISSUER",
                RegistryTokens.ISSUER,
                "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE",
                certificateFile);
    }

    /** What is in that file. */
    public String certificate() {
        return keys.pem();
    }

    /** @param real where images are kept */
    public void inFrontOf(URI real) {
        images = real;
    }

    /** Goes wrong once, at the next request for a token. */
    public void mishap(Mishap mishap) {
        synchronized (script) {
            script.add(mishap);
        }
    }

    /** What was given is good for nothing any more. */
    public void takeBackTokens() {
        tokens.takeBack();
    }

    /** All requests for tokens so far. */
    public List<TokenAsked> asked() {
        return List.copyOf(asked);
    }

    /** How often a token of Azure's was exchanged. */
    public long exchanges() {
        return asked.stream().filter(ask -> ask.path().equals("exchange")).count();
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        try (exchange) {
            TokenAsked ask = read(exchange);
            asked.add(ask);
            Mishap mishap = nextMishap();
            if (mishap instanceof Mishap.AnswerLost) {
                return;
            }
            send(exchange, mishap instanceof Mishap.Refused refused ? told(refused) : answer(exchange, ask));
        }
    }

    private static TokenAsked read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        String path = exchange.getRequestURI().getPath();
        return new TokenAsked(
                exchange.getRequestMethod(),
                path.substring("/oauth2/".length()),
                Form.of(body.isEmpty() ? query : body));
    }

    private @Nullable Mishap nextMishap() {
        synchronized (script) {
            return script.isEmpty() ? null : script.removeFirst();
        }
    }

    private static Told told(Mishap.Refused refused) {
        Told told = Told.error(refused.status(), refused.code(), refused.message());
        return refused.retryAfterSeconds() == 0
                ? told
                : told.with("Retry-After", Integer.toString(refused.retryAfterSeconds()));
    }

    private Told answer(HttpExchange exchange, TokenAsked ask) {
        if (ask.path().equals("exchange")) {
            return ask.first("grant_type").equals("access_token")
                            && ask.first("service").equals(address())
                            && ask.first("access_token").equals(TOKEN_OF_AZURE)
                    ? token("refresh_token", tokens.refresh())
                    : unauthorized();
        }
        return tokens.isGood(refreshTokenOf(exchange, ask))
                ? token("access_token", tokens.access(scopes(ask)))
                : unauthorized();
    }

    /** An engine brings it as a password, in a header or a form; who asks for less than it has, as what it is. */
    private static String refreshTokenOf(HttpExchange exchange, TokenAsked ask) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null && authorization.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8);
            return pair.startsWith(BEARER + ":") ? pair.substring(BEARER.length() + 1) : "";
        }
        return ask.first("grant_type").equals("password")
                        && ask.first("username").equals(BEARER)
                ? ask.first("password")
                : ask.first("refresh_token");
    }

    private static List<String> scopes(TokenAsked ask) {
        return ask.form().getOrDefault("scope", List.of()).stream()
                .flatMap(scopes -> Arrays.stream(scopes.split(" ", -1)))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }

    private static Told token(String field, String token) {
        return Told.ok(JSON.createObjectNode().put(field, token));
    }

    private static Told unauthorized() {
        return new Told(401, Map.of(), JSON.readTree("""
                {"errors": [{"code": "UNAUTHORIZED", "message": "authentication required"}]}"""));
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            forwarding.pass(exchange, Objects.requireNonNull(images, "There are no images behind it"));
        }
    }

    private static void send(HttpExchange exchange, Told told) throws IOException {
        told.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = String.valueOf(told.body()).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(told.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
