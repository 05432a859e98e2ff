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
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The few REST calls that are measured, or needed to measure. */
public final class Api {
    private static final int LIFECYCLE_MANAGER = 0;
    private static final int SCHEDULER = 1;
    private static final int DEPLOYER = 2;
    private static final int LOAD_BALANCER = 3;
    private static final int MONITORING = 5;
    private static final int ERRORS = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String EVENT_DATA = "data:";

    private final int portBase;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.builder().build();

    Api(int portBase) {
        this.portBase = portBase;
    }

    /** Whether every service takes requests. */
    boolean ready() {
        return IntStream.rangeClosed(LIFECYCLE_MANAGER, MONITORING).allMatch(this::ready);
    }

    private boolean ready(int service) {
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
        URI versions = api(SCHEDULER, "/apps/%s/services/%s/versions".formatted(app.name(), app.service()));
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
        URI deployments = api(SCHEDULER, "/apps/%s/deployments".formatted(app.name()));
        return post(deployments, body).path("token").asString();
    }

    public void scale(App app, int replicas) throws IOException, InterruptedException {
        URI scale = api(LOAD_BALANCER, "/apps/%s/services/%s/scale".formatted(app.name(), app.service()));
        post(scale, Map.of("replicas", replicas));
    }

    /** That a version was built by. */
    public String dockerfile(App app, int version) throws IOException, InterruptedException {
        return get(api(
                DEPLOYER, "/apps/%s/services/%s/versions/%d/dockerfile".formatted(app.name(), app.service(), version)));
    }

    /** When monitoring opened the newest incident of an app; empty if there is none. */
    public Optional<Instant> incidentOpened(App app) throws IOException, InterruptedException {
        URI incidents = api(MONITORING, "/incidents?app=" + app.name());
        return json.readTree(get(incidents))
                .path("incidents")
                .valueStream()
                .map(incident -> Instant.parse(incident.path("openedAt").asString()))
                .findFirst();
    }

    /** When the deployer took on to revive an instance of an app, the last time that it succeeded; empty if it never did. */
    public Optional<Instant> revivalAccepted(App app) throws IOException, InterruptedException {
        URI requests = api(DEPLOYER, "/requests?state=SUCCEEDED");
        return json.readTree(get(requests))
                .valueStream()
                .filter(request -> request.path("app").asString().equals(app.name())
                        && request.path("mode").asString().equals("REVIVE"))
                .map(request -> Instant.parse(request.path("acceptedAt").asString()))
                .findFirst();
    }

    private String get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        return answered(request, http.send(request, BodyHandlers.ofString()));
    }

    /** Follows its events, as a user would, to the end; it is told within a few milliseconds of coming about. */
    public Deployment awaitEnd(String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api(SCHEDULER, "/deployments/%s/events".formatted(token)))
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
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", contentType)
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

    private URI api(int service, String path) {
        return at(service, "/api/v1" + path);
    }

    private URI at(int service, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(portBase + service, path));
    }
}
