package io.gantry.standalone;

import io.gantry.remote.StatusLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Waits for what can only be asked whether it is there yet. */
final class HttpAnswer {
    private static final RetryTemplate PATIENT = new RetryTemplate(RetryPolicy.builder()
            .maxRetries(Long.MAX_VALUE)
            .timeout(Duration.ofSeconds(60))
            .delay(Duration.ofMillis(50))
            .build());

    private HttpAnswer() {}

    /** @param who is asked, in the user's words */
    static void await(String who, URI address, IntPredicate status) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            PATIENT.execute(() -> requireAnswer(http, address, status));
        } catch (RetryException never) {
            throw new CannotStart("%s does not answer at %s: %s".formatted(who, address, never.getCause()), never);
        }
    }

    private static int requireAnswer(HttpClient http, URI address, IntPredicate status) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        int answered = StatusLine.of(http, request);
        if (!status.test(answered)) {
            throw new IOException("status " + answered);
        }
        return answered;
    }
}
