package io.gantry.bootstrapper.platform;

import io.gantry.contract.fleet.KeyText;
import io.gantry.remote.WholeAnswer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Calls to the services of the platform. Every call throws {@link RefusedException} where a service answers with a
 * problem, and {@link UnreachableException} where it does not answer.
 */
public final class Platform {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofHours(1);
    private static final String JSON = "application/json";

    private final Addresses addresses;
    private final Calls calls;
    private final JsonMapper json;

    private Platform(Addresses addresses, Calls calls, JsonMapper json) {
        this.addresses = addresses;
        this.calls = calls;
        this.json = json;
    }

    /** @param key the API key that every request carries */
    public static Platform at(Addresses addresses, @Nullable KeyText key, JsonMapper json) {
        return new Platform(addresses, new Calls(key, Way.DIRECT), json);
    }

    /**
     * A fleet: its lifecycle managers say where all other services are.
     *
     * @param way to each of them
     */
    public static Platform ofFleet(List<URI> lifecycleManagers, Way way, @Nullable KeyText key, JsonMapper json) {
        var calls = new Calls(key, way);
        var managers = new Platform(_ -> lifecycleManagers, calls, json);
        Supplier<JsonNode> services = () -> managers.get(Route.to(PlatformService.LIFECYCLE_MANAGER, "services"));
        return new Platform(new FleetAddresses(lifecycleManagers, services), calls, json);
    }

    public JsonNode get(Route route) {
        return parsed(route, send(route, request().GET()));
    }

    public Answer delete(Route route) {
        HttpResponse<InputStream> response = send(route, request().DELETE());
        return new Answer(
                parsed(route, response),
                response.headers().firstValue("Location").map(URI::create));
    }

    /** @param headers names and values in turn */
    public JsonNode post(Route route, Object content, String... headers) {
        HttpRequest.Builder request = request().header("Content-Type", JSON).POST(body(content));
        return parsed(route, send(route, headers.length == 0 ? request : request.headers(headers)));
    }

    /** The answer may take as long as an upload. */
    public JsonNode postAndWait(Route route, Object content) {
        HttpRequest.Builder request =
                request().header("Content-Type", JSON).timeout(UPLOAD_TIMEOUT).POST(body(content));
        return parsed(route, send(route, request));
    }

    public JsonNode put(Route route, Object content) {
        return parsed(route, send(route, request().header("Content-Type", JSON).PUT(body(content))));
    }

    private BodyPublisher body(Object content) {
        return BodyPublishers.ofByteArray(json.writeValueAsBytes(content));
    }

    /**
     * The service is asked before the bytes leave, so that it can refuse without taking them.
     *
     * @param sent told the number of bytes that have left so far
     */
    public JsonNode upload(Route route, Path zip, LongConsumer sent) {
        HttpRequest.Builder request = request()
                .header("Content-Type", "application/zip")
                .timeout(UPLOAD_TIMEOUT)
                .expectContinue(true)
                .POST(countedFile(zip, sent));
        return parsed(route, send(route, request));
    }

    /** Lines that may be many, each a text or, if that is wanted, a JSON object. */
    public InputStream lines(Route route, boolean asJson) {
        String accepted = asJson ? "application/x-ndjson" : "text/plain";
        return send(route, HttpRequest.newBuilder().header("Accept", accepted).GET())
                .body();
    }

    public EventFeed events(Route route) {
        return new EventFeed(new EventFeed.Connection() {
                    @Override
                    public InputStream open(String lastEventId) throws IOException, InterruptedException {
                        return openEvents(route, lastEventId);
                    }

                    @Override
                    public UnreachableException unreachable(IOException cause) {
                        return Platform.this.unreachable(route, cause);
                    }
                })
                .start();
    }

    public boolean answers(Route route) {
        try {
            get(route);
            return true;
        } catch (RefusedException | UnreachableException notReady) {
            return false;
        }
    }

    private InputStream openEvents(Route route, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().header("Accept", "text/event-stream").GET();
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            return unlessRefused(calls.send(route, addresses, request)).body();
        } catch (UnreachableException unknownNow) {
            throw new IOException("Nobody says where the " + route.service() + " is", unknownNow);
        }
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder().header("Accept", JSON).timeout(ANSWER_TIMEOUT);
    }

    private HttpResponse<InputStream> send(Route route, HttpRequest.Builder request) {
        try {
            return unlessRefused(calls.send(route, addresses, request));
        } catch (IOException e) {
            throw unreachable(route, e);
        } catch (InterruptedException e) {
            throw stopped("Waiting for the " + route.service());
        }
    }

    private static UncheckedIOException stopped(String at) {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(at, new InterruptedIOException());
    }

    private HttpResponse<InputStream> unlessRefused(HttpResponse<InputStream> response)
            throws IOException, InterruptedException {
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        throw new RefusedException(problem(response.statusCode(), WholeAnswer.rest(response, ANSWER_TIMEOUT)));
    }

    private Problem problem(int status, byte[] body) {
        try {
            JsonNode answer = json.readTree(body);
            if (answer.path("code").isString()) {
                return json.treeToValue(answer, Problem.class);
            }
        } catch (JacksonException noProblem) {
            // Something other than a service of ours answers there: say what it said.
        }
        return Problem.withoutCode(status, new String(body, StandardCharsets.UTF_8));
    }

    /** Who ends in the middle of an answer does not answer. */
    private JsonNode parsed(Route route, HttpResponse<InputStream> response) {
        try {
            JsonNode answer = json.readTree(WholeAnswer.rest(response, ANSWER_TIMEOUT));
            return answer.isMissingNode() ? NullNode.getInstance() : answer;
        } catch (IOException e) {
            throw unreachable(route, e);
        } catch (InterruptedException e) {
            throw stopped("Reading the answer of " + response.uri());
        }
    }

    private UnreachableException unreachable(Route route, Exception cause) {
        return UnreachableException.at(route.service(), addresses.of(route.service()), cause);
    }

    private static BodyPublisher countedFile(Path file, LongConsumer sent) {
        try {
            return new CountedBody(BodyPublishers.ofFile(file), sent);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("Opening " + file, e);
        }
    }
}
