package io.gantry.benchmarks.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The few REST calls that are measured, or needed to measure. */
public final class Api {
    private static final int ERRORS = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOKED_AT_WITHIN = Duration.ofSeconds(5);
    private static final String EVENT_DATA = "data:";

    private final Where where;
    private final @Nullable String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final JsonMapper json = JsonMapper.builder().build();

    /** Our services, and which of the platform's ports is theirs. */
    public enum Service {
        LIFECYCLE_MANAGER(0),
        SCHEDULER(1),
        DEPLOYER(2),
        LOAD_BALANCER(3),
        NODE_MANAGER(4),
        MONITORING(5);

        private final int port;

        Service(int port) {
            this.port = port;
        }

        /** As a fleet names it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where they are reached. */
    @FunctionalInterface
    public interface Where {
        /** @return scheme, host and port */
        URI of(Service service);
    }

    /** @param key that a fleet wants to be shown; none where it wants none */
    public Api(Where where, @Nullable String key) {
        this.where = where;
        this.key = key;
    }

    /** Of a platform on this machine alone. */
    static Api local(int portBase) {
        return new Api(service -> URI.create("http://127.0.0.1:" + (portBase + service.port)), null);
    }

    /** Whether every service takes requests. */
    boolean ready() {
        return Stream.of(Service.values()).allMatch(this::ready);
    }

    private boolean ready(Service service) {
        try {
            HttpRequest request = HttpRequest.newBuilder(at(service, "/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return the number of the version that it became */
    public int upload(App app, byte[] zip) throws IOException, InterruptedException {
        URI versions = api(Service.SCHEDULER, "/apps/%s/services/%s/versions".formatted(app.name(), app.service()));
        return post(versions, "application/zip", BodyPublishers.ofByteArray(zip))
                .path("version")
                .asInt();
    }

    /** @return the token, the moment the deployment is accepted */
    public String request(String mode, App app, int version) throws IOException, InterruptedException {
        Map<String, Object> service = Map.of("name", app.service(), "version", version);
        return request(app, Map.of("mode", mode, "services", List.of(service)));
    }

    public String stop(App app) throws IOException, InterruptedException {
        return request(app, Map.of("mode", "STOP"));
    }

    private String request(App app, Map<String, Object> body) throws IOException, InterruptedException {
        URI deployments = api(Service.SCHEDULER, "/apps/%s/deployments".formatted(app.name()));
        return post(deployments, body).path("token").asString();
    }

    public void scale(App app, int replicas) throws IOException, InterruptedException {
        URI scale = api(Service.LOAD_BALANCER, "/apps/%s/services/%s/scale".formatted(app.name(), app.service()));
        post(scale, Map.of("replicas", replicas));
    }

    /** What went down until now counts no longer: a benchmark's faults are no meltdown. */
    public void endMeltdown() throws IOException, InterruptedException {
        post(api(Service.MONITORING, "/meltdown/over"), Map.of());
    }

    /** That a version was built by. */
    public String dockerfile(App app, int version) throws IOException, InterruptedException {
        return get(api(
                Service.DEPLOYER,
                "/apps/%s/services/%s/versions/%d/dockerfile".formatted(app.name(), app.service(), version)));
    }

    /** When monitoring opened the newest incident of an app; empty if there is none. */
    public Optional<Instant> incidentOpened(App app) throws IOException, InterruptedException {
        return look(Service.MONITORING, "/incidents?app=" + app.name())
                .path("incidents")
                .valueStream()
                .map(incident -> Instant.parse(incident.path("openedAt").asString()))
                .findFirst();
    }

    /** When the deployer took on to revive an instance of an app, the last time that it succeeded; empty if it never did. */
    public Optional<Instant> revivalAccepted(App app) throws IOException, InterruptedException {
        return look(Service.DEPLOYER, "/requests?state=SUCCEEDED")
                .valueStream()
                .filter(request -> request.path("app").asString().equals(app.name())
                        && request.path("mode").asString().equals("REVIVE"))
                .map(request -> Instant.parse(request.path("acceptedAt").asString()))
                .findFirst();
    }

    /** @param path below {@code /api/v1} */
    public JsonNode look(Service service, String path) throws IOException, InterruptedException {
        return json.readTree(get(api(service, path)));
    }

    /** Missing where it can't be known now. */
    public JsonNode glance(Service service, String path) {
        try {
            return look(service, path);
        } catch (IOException notNow) {
            return MissingNode.getInstance();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }

    private HttpRequest.Builder to(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private String get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = to(uri).timeout(LOOKED_AT_WITHIN).build();
        return answered(request, http.send(request, BodyHandlers.ofString()));
    }

    /** Follows its events, as a user would, to the end; it is told within a few milliseconds of coming about. */
    public Deployment awaitEnd(String token) throws IOException, InterruptedException {
        HttpRequest request = to(api(Service.SCHEDULER, "/deployments/%s/events".formatted(token)))
                .header("Accept", "text/event-stream")
                .timeout(PATIENCE)
                .build();
        try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith(EVENT_DATA))
                    .map(line -> json.readValue(line.substring(EVENT_DATA.length()), Deployment.class))
                    .filter(Deployment::ended)
                    .findFirst()
                    .orElseThrow(() -> new IOException("The events of deployment %s ended before it".formatted(token)));
        }
    }

    private JsonNode post(URI uri, Map<String, Object> body) throws IOException, InterruptedException {
        return post(uri, "application/json", BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    }

    private JsonNode post(URI uri, String contentType, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = to(uri).header("Content-Type", contentType)
                .POST(body)
                .timeout(PATIENCE)
                .build();
        return json.readTree(answered(request, http.send(request, BodyHandlers.ofString())));
    }

    private static String answered(HttpRequest request, HttpResponse<String> response) {
        if (response.statusCode() >= ERRORS) {
            throw new IllegalStateException("%s %s was answered %d: %s"
                    .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
        }
        return response.body();
    }

    private URI api(Service service, String path) {
        return at(service, "/api/v1" + path);
    }

    private URI at(Service service, String path) {
        return where.of(service).resolve(path);
    }
}
