package io.gantry.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer to an HTTP request to its last byte, within the request's timeout. By itself that is over with the headers, and who dies after
 * those is waited for until TCP gives up, or for ever.
 */
public final class WholeAnswer {
    private WholeAnswer() {}

    /**
     * @param request with a timeout
     * @throws IOException if not all of the answer comes within it, as whatever else keeps it from coming
     */
    public static HttpResponse<String> of(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return arrived(answer, request.timeout().orElseThrow());
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * What is still to come of an answer whose headers are there.
     *
     * @throws IOException if not all of it comes within that time, as whatever else keeps it from coming
     */
    public static byte[] rest(HttpResponse<InputStream> answer, Duration within)
            throws IOException, InterruptedException {
        try (InputStream body = answer.body()) {
            FutureTask<byte[]> all = new FutureTask<>(body::readAllBytes);
            Thread.ofVirtual().name("answer").start(all);
            return arrived(all, within);
        }
    }

    private static <T> T arrived(Future<T> answer, Duration within) throws IOException, InterruptedException {
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("Not all of the answer came within %s".formatted(within));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException why ? why : new IOException(failed.getCause());
        }
    }
}
