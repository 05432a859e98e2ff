package io.gantry.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.testkit.HangingServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Against real sockets. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WholeAnswerTest {
    private static final String ALL = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer";
    private static final String SOME = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nans";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HttpClient http = HttpClient.newHttpClient();
    private HangingServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new HangingServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        http.shutdownNow();
    }

    private HttpRequest within(Duration time) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                .timeout(time)
                .build();
    }

    private HttpResponse<InputStream> begun() throws IOException, InterruptedException {
        return http.send(within(LONG), BodyHandlers.ofInputStream());
    }

    @Test
    void all_of_an_answer_is_told() throws Exception {
        server.says(ALL);
        assertThat(WholeAnswer.of(http, within(LONG)).body()).isEqualTo("answer");
    }

    @Test
    void an_answer_that_breaks_off_is_waited_for_as_long_as_the_request_may_take() {
        server.says(SOME);
        assertThatThrownBy(() -> WholeAnswer.of(http, within(SHORT))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void the_rest_of_an_answer_is_told() throws Exception {
        server.says(ALL);
        assertThat(WholeAnswer.rest(begun(), LONG)).asString(US_ASCII).isEqualTo("answer");
    }

    @Test
    void a_rest_that_does_not_come_is_waited_for_no_longer_than_was_said() throws Exception {
        server.says(SOME);
        HttpResponse<InputStream> begun = begun();
        assertThatThrownBy(() -> WholeAnswer.rest(begun, SHORT)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void who_is_not_there_is_told_as_such() throws IOException {
        server.close();
        assertThatThrownBy(() -> WholeAnswer.of(http, within(LONG))).isInstanceOf(IOException.class);
    }
}
