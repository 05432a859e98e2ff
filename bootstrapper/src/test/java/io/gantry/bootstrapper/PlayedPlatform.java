package io.gantry.bootstrapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.platform.PlatformService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real HTTP server that plays recorded answers of every service, and keeps what it was asked. */
public final class PlayedPlatform implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    private record Answer(int status, String type, String location, Function<Asked, String> body) {
        Answer(int status, String type, String body) {
            this(status, type, "", _ -> body);
        }
    }

    public record Asked(String what, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }
    }

    public PlayedPlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::play);
        server.start();
    }

    /** @param what method and path, with the query if there is one; without it, for every query for which nothing else is played */
    public PlayedPlatform on(String what, int status, String json) {
        answers.put(what, new Answer(status, "application/json", json));
        return this;
    }

    public PlayedPlatform on(String what, int status, String json, String location) {
        answers.put(what, new Answer(status, "application/json", location, _ -> json));
        return this;
    }

    public PlayedPlatform onText(String what, String text) {
        answers.put(what, new Answer(200, "text/plain", text));
        return this;
    }

    public PlayedPlatform onProblem(String what, int status, String json) {
        answers.put(what, new Answer(status, "application/problem+json", json));
        return this;
    }

    /** @param contents each the data of one event, numbered from 1; played from after the last one that was seen */
    public PlayedPlatform onEvents(String what, String... contents) {
        return onEventsNamed("message", what, contents);
    }

    public PlayedPlatform onEventsNamed(String name, String what, String... contents) {
        answers.put(what, new Answer(200, "text/event-stream", "", request -> {
            int seen = Integer.parseInt(request.headers().getOrDefault("Last-event-id", "0"));
            return IntStream.rangeClosed(seen + 1, contents.length)
                    .mapToObj(id ->
                            "id: %d%nevent: %s%ndata: %s%n%n".formatted(id, name, contents[id - 1].replace("\n", "")))
                    .collect(Collectors.joining("", "retry: 10\n\n", ""));
        }));
        return this;
    }

    /** What is played takes its time. */
    public PlayedPlatform late(String what, Duration time) {
        Answer played = answers.get(what);
        answers.put(what, new Answer(played.status(), played.type(), played.location(), request -> {
            await().pollDelay(time).until(() -> true);
            return played.body().apply(request);
        }));
        return this;
    }

    public List<String> asked() {
        return asked.stream().map(Asked::what).toList();
    }

    public Asked asked(String what) {
        return asked.stream().filter(one -> one.what().equals(what)).findFirst().orElseThrow();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Addresses addresses() {
        URI here = address();
        return Addresses.fixed(
                Stream.of(PlatformService.values()).collect(Collectors.toMap(Function.identity(), _ -> here)));
    }

    private void play(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        var request =
                new Asked(what, headers(exchange), exchange.getRequestBody().readAllBytes());
        asked.add(request);
        Answer answer = answers.getOrDefault(what, answerWhateverIsAsked(what));
        byte[] body = answer.body().apply(request).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (!answer.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    /** One that is played for every query. */
    private Answer answerWhateverIsAsked(String what) {
        return answers.getOrDefault(
                what.replaceFirst("\\?.*", ""), new Answer(404, "text/plain", "Nothing is played for " + what));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        return exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().getFirst()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
