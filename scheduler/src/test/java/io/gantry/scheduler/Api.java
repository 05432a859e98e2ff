package io.gantry.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The scheduler's REST surface, as a program outside calls it. */
public final class Api {
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    public Api(int port) {
        this.port = port;
    }

    public int port() {
        return port;
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json, String... headers) {
        return post(path, "application/json", BodyPublishers.ofString(json), headers);
    }

    public Answer post(String path, String contentType, BodyPublisher body, String... headers) {
        return send(request(path, headers).header("Content-Type", contentType).POST(body));
    }

    public Answer upload(String app, String service, Path zip) {
        return post(versions(app, service), "application/zip", file(zip));
    }

    /** Of unknown length. */
    public Answer uploadStreamed(String app, String service, Path zip) {
        return post(versions(app, service), "application/zip", BodyPublishers.ofInputStream(() -> opened(zip)));
    }

    public static String versions(String app, String service) {
        return "/api/v1/apps/%s/services/%s/versions".formatted(app, service);
    }

    /** Server-sent events, one after the other. */
    public Events events(String path, String... headers) {
        try {
            return new Events(http.send(
                    request(path, headers)
                            .header("Accept", "text/event-stream")
                            .GET()
                            .build(),
                    BodyHandlers.ofInputStream()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofMinutes(2));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static BodyPublisher file(Path path) {
        try {
            return BodyPublishers.ofFile(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static InputStream opened(Path path) {
        try {
            return Files.newInputStream(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
