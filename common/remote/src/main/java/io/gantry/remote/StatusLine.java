package io.gantry.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The status that an HTTP request is answered with. The rest of the answer is not waited for: a request's timeout is over with the
 * headers, and of who dies after those, or never comes to an end, nothing more would be heard for ever.
 */
public final class StatusLine {
    private StatusLine() {}

    /** @throws IOException if none comes within the request's timeout, as whatever else keeps it from coming */
    public static int of(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        return of(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** Lets go of the rest of an answer. */
    public static int of(HttpResponse<InputStream> answer) throws IOException {
        answer.body().close();
        return answer.statusCode();
    }
}
