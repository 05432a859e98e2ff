package io.gantry.nodemanager.log;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.contract.registry.RegistryEvent.Registered;
import io.gantry.nodemanager.InstanceContainers;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerIT;
import io.gantry.nodemanager.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NodeManagerIT
class LogIT {
    private static final String NDJSON = "application/x-ndjson";
    private static final String FLEET = "log-" + Sample.token();
    /** Whoever is told to end before he waits for it is not to miss that. */
    private static final String FIRST = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})\n";

    private static final String THEN_WAIT = "\nsignal.sigwait({signal.SIGTERM})";

    private static InstanceContainers containers;

    private final AppName app = new AppName("app-" + Sample.token());

    @Autowired
    private Neighbours neighbours;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void fleet(DynamicPropertyRegistry properties) {
        properties.add("gantry.fleet", () -> FLEET);
    }

    @BeforeAll
    static void start() {
        containers = new InstanceContainers(FLEET);
    }

    @AfterAll
    static void stop() {
        containers.close();
    }

    @Test
    void the_log_of_an_instance_is_what_it_wrote() throws Exception {
        Instance instance = registered("""
                import sys, time
                print('to out', flush=True)
                time.sleep(0.2)
                print('to err', file=sys.stderr, flush=True)
                time.sleep(0.2)
                print('\\x1b[31mred\\x1b[0m', 'x' * 100000, flush=True)""");
        await().untilAsserted(() -> assertThat(log(instance, "").lines()).hasSize(3));
        assertThat(log(instance, "")).startsWith("to out\nto err\nred xxx").endsWith("x ... (cut)\n");
        assertThat(log(instance, "?tail=1")).startsWith("xxx").endsWith("xxx\n");
        assertThat(log(instance, "?tail=0")).isEmpty();
    }

    @Test
    void the_log_of_an_app_is_merged_by_time_and_names_who_wrote() throws Exception {
        Instance one = registered(countingFrom(0));
        Instance two = registered(countingFrom(100));
        String first = one.id() + " | ";
        String second = two.id() + " | ";
        await().untilAsserted(() ->
                assertThat(get("/api/v1/apps/" + app + "/log").lines()).hasSize(10));
        List<String> lines = get("/api/v1/apps/" + app + "/log").lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith(first))
                .containsExactly(first + 0, first + 1, first + 2, first + 3, first + 4);
        assertThat(lines).filteredOn(line -> line.startsWith(second)).hasSize(5);
        assertThat(get("/api/v1/apps/" + app + "/log?tail=1").lines())
                .containsExactlyInAnyOrder(first + 4, second + 104);
        assertThat(get("/api/v1/apps/" + app + "/log?service=other")).contains("NO_INSTANCES");
    }

    @Test
    void the_log_of_an_app_is_an_object_a_line_where_that_is_asked_for() throws Exception {
        Instance one = registered(countingFrom(0));
        String path = "/api/v1/apps/" + app + "/log";
        await().untilAsserted(
                        () -> assertThat(get(path, "Accept", NDJSON).lines()).hasSize(5));
        assertThat(get(path, "Accept", NDJSON).lines().map(LogIT::parsed)).allSatisfy(line -> {
            assertThat(line.path("instance").asString()).isEqualTo(one.id().value());
            assertThat(line.path("service").asString()).isEqualTo(one.service().value());
            assertThat(line.path("stream").asString()).isEqualTo("stdout");
            assertThat(Instant.parse(line.path("at").asString())).isAfter(Instant.EPOCH);
        });
        assertThat(get(path + "?tail=1", "Accept", NDJSON)).contains("\"text\":\"4\"");
        assertThat(get(path + "?service=other", "Accept", NDJSON)).contains("NO_INSTANCES");
        containers.remove(one.id());
        assertThat(parsed(get(path, "Accept", NDJSON)).path("problem").asString())
                .isEqualTo("The container of %s is gone, and its log with it.".formatted(one.id()));
    }

    @Test
    void a_followed_log_goes_on_and_ends_with_its_instance() throws Exception {
        Instance instance = registered("print('first', flush=True)" + THEN_WAIT + "\nprint('last', flush=True)");
        try (Reader reader = follow("/api/v1/instances/" + instance.id() + "/log?follow=true")) {
            reader.awaitText("first");
            containers
                    .docker()
                    .killContainerCmd(instance.id().value())
                    .withSignal("TERM")
                    .exec();
            reader.awaitText("last");
            await().until(reader::hasEnded);
            assertThat(reader.texts()).containsExactly("first", "last");
        }
    }

    @Test
    void a_followed_app_shows_instances_that_come_later_and_those_that_come_back() throws Exception {
        try (Reader reader = follow("/api/v1/apps/" + app + "/log?follow=true")) {
            Instance instance = registered("print('hello', flush=True)" + THEN_WAIT);
            reader.awaitText("hello");
            registered("print('me too', flush=True)" + THEN_WAIT);
            reader.awaitText("me too");
            containers
                    .docker()
                    .restartContainerCmd(instance.id().value())
                    .withTimeout(1)
                    .exec();
            await().untilAsserted(() -> assertThat(reader.texts()).containsExactly("hello", "me too", "hello"));
        }
    }

    @Test
    void a_reader_that_comes_back_goes_on_where_it_was() throws Exception {
        Instance instance = registered(countingFrom(0) + THEN_WAIT);
        String path = "/api/v1/instances/" + instance.id() + "/log?follow=true";
        String third;
        try (Reader reader = follow(path)) {
            reader.awaitText("4");
            third = reader.ids().get(2);
        }
        try (Reader reader = follow(path, "Last-Event-ID", third)) {
            reader.awaitText("4");
            assertThat(reader.texts()).containsExactly("3", "4");
        }
    }

    @Test
    void of_what_is_not_there_it_is_said_what_is_missing() throws Exception {
        Instance unknown = Sample.instance();
        assertThat(log(unknown, "")).contains("NO_SUCH_INSTANCE");
        assertThat(log(unknown, "?follow=true")).contains("NO_SUCH_INSTANCE");
        assertThat(get("/api/v1/apps/" + app + "/log")).contains("NO_INSTANCES");
        assertThat(get("/api/v1/apps/" + app + "/log?tail=-1")).contains("\"status\":400");
        Instance gone = registered(THEN_WAIT);
        containers.remove(gone.id());
        assertThat(log(gone, "")).contains("LOG_GONE");
        assertThat(get("/api/v1/apps/" + app + "/log"))
                .isEqualTo("(%1$s: The container of %1$s is gone, and its log with it.)%n".formatted(gone.id()));
    }

    private static String countingFrom(int start) {
        return "for i in range(%d, %d): print(i, flush=True)".formatted(start, start + 5);
    }

    private Instance registered(String program) {
        Instance instance = containers.start(Sample.instance(app, Kind.SERVICE), "python3", "-c", FIRST + program);
        neighbours.say(new Register(instance.deployment(), instance));
        await().until(() -> neighbours.eventsOf(instance.id()).stream().anyMatch(Registered.class::isInstance));
        return instance;
    }

    private String log(Instance instance, String query) throws IOException, InterruptedException {
        return get("/api/v1/instances/" + instance.id() + "/log" + query);
    }

    private String get(String path, String... header) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request(path, header), BodyHandlers.ofString()).body();
        }
    }

    private Reader follow(String path, String... header) throws IOException, InterruptedException {
        return new Reader(request(path, header));
    }

    private HttpRequest request(String path, String... header) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
        return header.length == 0 ? request.build() : request.headers(header).build();
    }

    private static JsonNode parsed(String line) {
        return JsonMapper.shared().readTree(line);
    }

    /** Somebody who follows a log. */
    private static final class Reader implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread reading;

        Reader(HttpRequest request) throws IOException, InterruptedException {
            var response = http.send(request, BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            var body = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
            reading = Thread.ofVirtual().start(() -> {
                try {
                    body.lines().forEach(lines::add);
                } catch (java.io.UncheckedIOException left) {
                    lines.add("event:left");
                }
            });
        }

        void awaitText(String text) {
            await().untilAsserted(() -> assertThat(texts()).contains(text));
        }

        List<String> texts() {
            return lines.stream()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"))
                    .toList();
        }

        List<String> ids() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .map(line -> line.substring("id:".length()))
                    .toList();
        }

        boolean hasEnded() {
            return !reading.isAlive();
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
