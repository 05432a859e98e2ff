package io.gantry.testkit.azure;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;

/** Passes a request on as it is, and the answer back. */
final class Forwarding {
    /** What each connection has of its own. */
    private static final Set<String> NOT_PASSED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    private final HttpClient http = HttpClient.newHttpClient();

    void pass(HttpExchange exchange, URI to) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        to.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), body(exchange));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            answer(exchange, http.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static BodyPublisher body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        if (!chunked && (length == null || length.equals("0"))) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
        return length == null ? stream : BodyPublishers.fromPublisher(stream, Long.parseLong(length));
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            boolean empty = exchange.getRequestMethod().equals("HEAD");
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED.contains(name) || (empty && name.equals("content-length"))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            long length = answer.headers().firstValueAsLong("content-length").orElse(0);
            exchange.sendResponseHeaders(answer.statusCode(), empty || length == 0 ? -1 : length);
            if (!empty) {
                body.transferTo(exchange.getResponseBody());
            }
        }
    }
}
