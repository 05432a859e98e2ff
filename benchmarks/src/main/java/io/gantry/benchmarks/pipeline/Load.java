package io.gantry.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests at instants fixed beforehand, whatever becomes of the earlier ones. So many clients send them in turn; where all of
 * them wait for an answer, the next request waits too, and that time counts as its own. One that could not be sent within 30 s is
 * given up, as if it had been refused.
 */
record Load(int perSecond, Duration span) {
    static final int APPS = 500;

    private static final int CLIENTS = 64;
    private static final int ACCEPTED = 202;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([a-z0-9]+)\"");

    int requests() {
        return Math.toIntExact(perSecond * span.toSeconds());
    }

    /** Sends them all. */
    void send(int port, Ends ends) {
        long began = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    for (int number = next.getAndIncrement(); number < requests(); number = next.getAndIncrement()) {
                        long due = began + TimeUnit.SECONDS.toNanos(1) * number / perSecond;
                        pauseUntil(due);
                        if (System.nanoTime() - due > GIVEN_UP.toNanos()) {
                            ends.refused();
                        } else {
                            ask(client, request(port, number), due, ends);
                        }
                    }
                });
            }
        }
    }

    private static HttpRequest request(int port, int number) {
        URI deployments =
                URI.create("http://127.0.0.1:%d/api/v1/apps/%s/deployments".formatted(port, app(number % APPS)));
        return HttpRequest.newBuilder(deployments)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"mode\":\"STOP\"}"))
                .build();
    }

    static String app(int number) {
        return "bench-" + number;
    }

    private static void ask(HttpClient client, HttpRequest request, long due, Ends ends) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            Matcher token = TOKEN.matcher(answer.body());
            if (answer.statusCode() == ACCEPTED && token.find()) {
                ends.accepted(token.group(1), due);
            } else {
                ends.refused();
            }
        } catch (IOException unanswered) {
            ends.refused();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pauseUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
