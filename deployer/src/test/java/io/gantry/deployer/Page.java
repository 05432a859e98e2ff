package io.gantry.deployer;

import io.gantry.contract.deployer.InstanceAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What is answered to a GET, whatever its status. */
final class Page {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Page() {}

    static String of(InstanceAddress at) throws IOException, InterruptedException {
        return of(at, "/");
    }

    static String of(InstanceAddress at, String path) throws IOException, InterruptedException {
        return of(URI.create("http://%s:%d%s".formatted(at.address(), at.port(), path)));
    }

    static String of(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
