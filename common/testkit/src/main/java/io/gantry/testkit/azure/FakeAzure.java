package io.gantry.testkit.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Azure's resource manager, played over TLS: it takes the paths, versions and bodies that the real one takes, begins what takes long, is
 * asked after it, and fails where it is told to.
 */
public final class FakeAzure implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HOST = "localhost";
    private static final int LONGEST_ADDRESS = 3900;
    private static final String OPERATIONS = "/operations/";

    private final HttpsServer server;
    private final ServerKeys keys;
    private final String retryAfter;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final List<Scripted> script = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Subscription subscription;

    /** @param what of a request, by its beginning or as a whole: {@code PUT virtualMachines/vm-1} */
    private record Scripted(String what, Mishap mishap) {}

    private FakeAzure(HttpsServer server, ServerKeys keys, Hosts hosts, String retryAfter) {
        this.server = server;
        this.keys = keys;
        this.retryAfter = retryAfter;
        this.subscription = new Subscription(hosts);
    }

    /** Who asks after something is told no time to wait: how often it asks again it decides itself. */
    public static FakeAzure start() {
        return start(Hosts.imaginary(), 0);
    }

    /** @param retryAfterSeconds when whoever asks after something is to ask again; 0: as it likes */
    public static FakeAzure start(Hosts hosts, int retryAfterSeconds) {
        try {
            ServerKeys keys = ServerKeys.make(List.of("dns:" + HOST));
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(keys.serving()));
            var azure = new FakeAzure(server, keys, hosts, Integer.toString(retryAfterSeconds));
            server.createContext("/", azure::take);
            server.setExecutor(azure.threads);
            server.start();
            return azure;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI endpoint() {
        return URI.create("https://%s:%d/".formatted(HOST, server.getAddress().getPort()));
    }

    /** For whoever asks. */
    public SSLContext trust() {
        return keys.trusting();
    }

    /** The same as a file has it. */
    public String certificate() {
        return keys.pem();
    }

    /** All that was asked so far. */
    public List<Asked> requests() {
        return List.copyOf(requests);
    }

    /** What was sent, last, to make something: {@code virtualMachines/vm-1}. */
    public JsonNode sent(String what) {
        return requests.reversed().stream()
                .filter(asked -> asked.what().equals("PUT " + what))
                .map(Asked::body)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody asked for " + what));
    }

    /** Goes wrong once, the next time. */
    public void mishap(String what, Mishap mishap) {
        synchronized (script) {
            script.add(new Scripted(what, mishap));
        }
    }

    /** Somebody else removes something: {@code virtualMachines/vm-1}. */
    public void vanish(String what) {
        subscription.vanish(what);
    }

    /** Somebody else's, made behind everyone's back. */
    public void plant(String id, JsonNode resource) {
        subscription.plant(id, resource);
    }

    /** The ids of all that is there. */
    public List<String> there() {
        return subscription.ids();
    }

    public Subscription subscription() {
        return subscription;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = Asked.of(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), bodyOf(exchange));
            if (!asked.path().startsWith(OPERATIONS)) {
                requests.add(asked);
            }
            Optional<Mishap> mishap = mishapOf(asked);
            Told told = told(exchange, asked, mishap.orElse(null));
            if (mishap.orElse(null) instanceof Mishap.AnswerLost) {
                return;
            }
            send(exchange, told);
        }
    }

    private static JsonNode bodyOf(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JacksonException noJson) {
            throw new IOException(noJson);
        }
    }

    private Optional<Mishap> mishapOf(Asked asked) {
        synchronized (script) {
            Optional<Scripted> next = script.stream()
                    .filter(scripted -> asked.what().startsWith(scripted.what()))
                    .findFirst();
            next.ifPresent(script::remove);
            return next.map(Scripted::mishap);
        }
    }

    private Told told(HttpExchange exchange, Asked asked, @Nullable Mishap mishap) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return Told.error(
                    401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        if (asked.path().startsWith(OPERATIONS)) {
            return operation(asked.path());
        }
        if (mishap instanceof Mishap.Refused refused) {
            Told told = Told.error(refused.status(), refused.code(), refused.message());
            return refused.retryAfterSeconds() == 0
                    ? told
                    : told.with("Retry-After", Integer.toString(refused.retryAfterSeconds()));
        }
        if (asked.asked("api-version").isEmpty()) {
            return Told.error(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        synchronized (subscription) {
            return subscription.ask(asked, begun -> begin(begun, mishap));
        }
    }

    /** Where to ask after it is told in a header. */
    private Told begin(Begun begun, @Nullable Mishap mishap) {
        String number = Integer.toString(numbers.incrementAndGet());
        if (mishap instanceof Mishap.LongAddress) {
            number = number + "x".repeat(LONGEST_ADDRESS);
        }
        int polls = mishap instanceof Mishap.Slow slow ? slow.polls() : 1;
        operations.put(
                number,
                new Operation(
                        polls,
                        begun.doing(),
                        begun.failing(),
                        mishap instanceof Mishap.FailsLater later ? later : null));
        Told told = begun.answer().with("Retry-After", retryAfter);
        String address = endpoint().resolve(OPERATIONS.substring(1) + number) + "?api-version=2025-04-01";
        String result = endpoint().resolve(OPERATIONS.substring(1) + number + "/result") + "?api-version=2025-04-01";
        return begun.byLocationOnly()
                ? told.with("Location", result)
                : told.with("Azure-AsyncOperation", address).with("Location", result);
    }

    private Told operation(String path) {
        String number = path.substring(OPERATIONS.length()).replaceFirst("/result$", "");
        Operation operation = operations.get(number);
        if (operation == null) {
            return Told.error(404, "NotFound", "There is no such operation.");
        }
        synchronized (subscription) {
            if (!path.endsWith("/result")) {
                return Told.ok(operation.poll()).with("Retry-After", retryAfter);
            }
            if (!operation.isOver()) {
                return Told.nothing(202)
                        .with("Retry-After", retryAfter)
                        .with("Location", endpoint().resolve(path.substring(1)) + "?api-version=2025-04-01");
            }
            JsonNode result = operation.result();
            return result == null ? Told.nothing(200) : Told.ok(result);
        }
    }

    private static void send(HttpExchange exchange, Told told) throws IOException {
        told.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        JsonNode body = told.body();
        if (body == null || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(told.status(), -1);
            return;
        }
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
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
