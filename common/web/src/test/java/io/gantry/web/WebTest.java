package io.gantry.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "gantry.web.names=gantry.example")
class WebTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MEBIBYTE = 1 << 20;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Test
    void a_problem_is_told_with_its_code_and_the_fields_that_are_wrong() throws Exception {
        HttpResponse<String> answer = get("/problem");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(json(answer).at("/code").asString()).isEqualTo("BAD_MANIFEST");
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/port");
        assertThat(json(answer).at("/errors/0/message").asString()).isEqualTo("a port is 1 to 65535");
    }

    @Test
    void a_path_that_is_not_there_has_a_code_too() throws Exception {
        JsonNode problem = json(get("/nowhere"));
        assertThat(problem.at("/code").asString()).isEqualTo("NOT_FOUND");
        assertThat(problem.at("/detail").asString())
                .isEqualTo("There is nothing at /nowhere. What there is, /v3/api-docs says.");
    }

    @Test
    void a_parameter_that_is_out_of_bounds_is_named() throws Exception {
        HttpResponse<String> answer = get("/page?limit=0");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/code").asString()).isEqualTo("INVALID_PARAMETER");
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("limit");
        assertThat(json(answer).at("/errors/0/message").asString()).contains("greater than or equal to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;id", "7;v=1", "7;"})
    void a_path_that_would_be_taken_for_another_is_refused_at_its_segment(String segment) throws Exception {
        HttpResponse<String> answer = get("/things/" + segment);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(json(answer).at("/code").asString()).isEqualTo("INVALID_PATH");
        assertThat(json(answer).at("/detail").asString()).contains(segment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7%3Bv", "7%2F8", "7%5C8", "7%00", "..", "%2e%2e", "7%zz", "7 8"})
    void a_path_that_can_mean_nothing_is_refused_with_a_problem(String segment) throws Exception {
        String answer =
                sent("GET /things/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(segment));
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"code\"");
    }

    @Test
    void a_body_that_ends_early_is_said_to() throws Exception {
        String answer = sent("""
                POST /things HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                Content-Length: 100\r
                \r
                {"count":\
                """);
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "BODY_ENDED_EARLY");
    }

    @Test
    void a_wrong_type_in_a_body_is_pointed_at() throws Exception {
        HttpResponse<String> answer = post("/things", "{\"count\":\"many\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/code").asString()).isEqualTo("INVALID_BODY");
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/count");
    }

    @Test
    void a_body_that_is_no_json_is_refused() throws Exception {
        assertThat(json(post("/things", "{oops")).at("/code").asString()).isEqualTo("INVALID_BODY");
    }

    @Test
    void a_body_of_more_than_a_mebibyte_is_refused() throws Exception {
        HttpResponse<String> answer = post("/things", "{\"count\":1,\"x\":\"" + "y".repeat(MEBIBYTE) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).at("/code").asString()).isEqualTo("BODY_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPLICATION/JSON",
                "application/json;charset=utf-8",
                "application/merge-patch+json",
                "application/yaml",
                "text/plain"
            })
    void a_body_of_more_than_a_mebibyte_is_refused_by_whatever_name_it_goes(String type) throws Exception {
        HttpRequest request = request("/things")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"count\":1,\"x\":\"" + "y".repeat(MEBIBYTE) + "\"}"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void a_zip_may_be_larger() throws Exception {
        HttpRequest request = request("/zips")
                .header("Content-Type", "Application/Zip")
                .POST(BodyPublishers.ofByteArray(new byte[2 * MEBIBYTE]))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo(Integer.toString(2 * MEBIBYTE));
    }

    @Test
    void a_body_that_does_not_say_how_long_it_is_is_counted() throws Exception {
        byte[] head = "{\"count\":1,\"x\":\"".getBytes(UTF_8);
        byte[] filling = "y".repeat(MEBIBYTE).getBytes(UTF_8);
        HttpResponse<String> answer =
                send("/things", BodyPublishers.ofByteArrays(List.of(head, filling)), "Accept", "*/*");
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void deep_nesting_is_refused() throws Exception {
        assertThat(post("/things", "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_bug_shows_no_stack_trace() throws Exception {
        HttpResponse<String> answer = get("/bug");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).at("/code").asString()).isEqualTo("INTERNAL");
        assertThat(answer.body()).doesNotContain("secret detail", "Exception");
    }

    @Test
    void a_database_that_is_away_is_said_with_when_to_try_again() throws Exception {
        HttpResponse<String> answer = get("/outage");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(json(answer).path("detail").asString()).contains("nothing was changed");
    }

    @Test
    void of_a_connection_that_broke_nobody_says_that_nothing_was_changed() throws Exception {
        HttpResponse<String> answer = get("/outage/within");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("detail").asString()).contains("not known");
    }

    @Test
    void a_parameter_of_the_wrong_type_is_named() throws Exception {
        HttpResponse<String> answer = get("/things/many");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("number");
    }

    @Test
    void a_page_of_another_site_can_change_nothing() throws Exception {
        var body = BodyPublishers.ofString("{\"count\":1}");
        HttpResponse<String> foreign = send("/things", body, "Origin", "https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(json(foreign).at("/code").asString()).isEqualTo("FOREIGN_ORIGIN");
        assertThat(send("/things", body, "Origin", "http://127.0.0.1:" + port).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:7071", "localhost.evil.example", "127.0.0.1.evil.example"})
    void whoever_calls_us_by_the_name_of_another_site_reads_nothing(String host) throws Exception {
        assertThat(called(host)).startsWith("HTTP/1.1 403").contains("application/problem+json", "FOREIGN_HOST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:7071", "127.0.0.1", "127.0.0.1:7071", "[::1]:7071", "gantry.example:80"})
    void our_addresses_and_names_are_ours(String host) throws Exception {
        assertThat(called(host)).startsWith("HTTP/1.1 200");
    }

    /** As what looks after containers asks for their health. */
    @Test
    void who_names_no_host_is_no_browser() throws Exception {
        assertThat(sent("GET /things/7 HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }

    private String called(String host) throws IOException {
        return sent("GET /things/7 HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
    }

    @Test
    void the_surface_describes_itself() throws Exception {
        assertThat(json(get("/v3/api-docs")).at("/paths").propertyNames())
                .contains("/things")
                .doesNotContain("/error");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    /** For what the client would not send. */
    private String sent(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(path, BodyPublishers.ofString(body), "Accept", "*/*");
    }

    private HttpResponse<String> send(String path, BodyPublisher body, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    @SpringBootApplication
    @Import(Things.class)
    static class Service {}

    record Thing(int count) {}

    @RestController
    static class Things {
        @PostMapping("/things")
        Thing put(@RequestBody Thing thing) {
            return thing;
        }

        @PostMapping(path = "/zips", consumes = "application/zip")
        String put(InputStream zip) throws IOException {
            return Integer.toString(zip.readAllBytes().length);
        }

        @GetMapping("/things/{number}")
        Thing get(@PathVariable int number) {
            return new Thing(number);
        }

        @GetMapping("/page")
        Thing page(@RequestParam @Min(1) int limit) {
            return new Thing(limit);
        }

        @GetMapping("/problem")
        Thing problem() {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "BAD_MANIFEST",
                    "The manifest is wrong.",
                    List.of(new FieldProblem("/port", "a port is 1 to 65535")));
        }

        @GetMapping("/bug")
        Thing bug() {
            throw new IllegalStateException("secret detail");
        }

        @GetMapping("/outage")
        Thing outage() {
            throw new CannotCreateTransactionException("connection refused");
        }

        @GetMapping("/outage/within")
        Thing outageWithin() {
            throw new DataAccessResourceFailureException("connection reset");
        }
    }
}
