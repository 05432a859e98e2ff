package io.gantry.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP, as any program would speak it. */
public final class Rest {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Rest() {}

    public static Answer get(URI uri, String... headers) {
        return send(request(uri, headers).GET().build());
    }

    public static Answer delete(URI uri, String... headers) {
        return send(request(uri, headers).DELETE().build());
    }

    public static Answer postJson(URI uri, Object body, String... headers) {
        return post(uri, "application/json", BodyPublishers.ofString(json(body)), headers);
    }

    public static Answer putJson(URI uri, Object body, String... headers) {
        return send(request(uri, headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json(body)))
                .build());
    }

    /** As Azure Blob Storage takes one that is small. */
    static Answer putBlob(URI uri, byte[] bytes) {
        return send(request(uri, "x-ms-blob-type", "BlockBlob")
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build());
    }

    public static Answer post(URI uri, String contentType, BodyPublisher body, String... headers) {
        return send(request(uri, headers)
                .header("Content-Type", contentType)
                .POST(body)
                .build());
    }

    static <T> HttpResponse<T> open(URI uri, BodyHandler<T> body, String... headers) {
        return exchange(request(uri, headers).GET().build(), body);
    }

    /** As JSON. */
    public static String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    public static JsonNode parsed(String json) {
        return JSON.readTree(json);
    }

    private static String json(Object body) {
        return body instanceof String text ? text : text(body);
    }

    private static HttpRequest.Builder request(URI uri, String... headers) {
        var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest request) {
        var response = exchange(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The request's own timeout ends with the answer's head; this one is for the body, too. */
    private static <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) {
        var answer = HTTP.sendAsync(request, body);
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failed(request, new IOException(failure.getCause()));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw failed(request, new IOException("No whole answer within " + PATIENCE, late));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    private static UncheckedIOException failed(HttpRequest request, IOException failure) {
        return new UncheckedIOException("%s %s: %s".formatted(request.method(), request.uri(), failure), failure);
    }
}
