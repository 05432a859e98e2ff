package io.gantry.acceptance.driver;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One app of a developer, and what can be asked for it. */
public final class App {
    public static final String APP_SERVER = "app-server";

    private final Gantry gantry;
    private final String name;

    App(Gantry gantry, String name) {
        this.gantry = gantry;
        this.name = name;
    }

    public String name() {
        return name;
    }

    // --- versions ---

    public Version upload(Bundle bundle) {
        return upload(APP_SERVER, bundle);
    }

    public Version upload(String service, Bundle bundle) {
        var answer = offer(service, bundle.zip());
        return (answer.status() == 200 ? answer : answer.expect(201)).as(Version.class);
    }

    /** Into the storage itself, and not through the scheduler. */
    public Version uploadDirectly(Bundle bundle) {
        byte[] zip = bundle.zip();
        String uploads = "/api/v1/apps/%s/services/%s/uploads".formatted(name, APP_SERVER);
        JsonNode grant = Rest.postJson(gantry.scheduler(uploads), Map.of("size", zip.length))
                .expect(201)
                .json();
        Rest.putBlob(URI.create(grant.path("url").asString()), zip).expect(201);
        URI done = gantry.scheduler(
                "%s/%s/done".formatted(uploads, grant.path("id").asString()));
        Answer answer = Rest.postJson(done, Map.of("sha256", Sha256.of(zip)));
        return (answer.status() == 200 ? answer : answer.expect(201)).as(Version.class);
    }

    /** An upload that need not be taken. */
    public Answer offer(String service, byte[] zip) {
        return Rest.post(versions(service), "application/zip", BodyPublishers.ofByteArray(zip));
    }

    public URI versions(String service) {
        return gantry.scheduler("/api/v1/apps/%s/services/%s/versions".formatted(name, service));
    }

    // --- deployments ---

    /** Uploads, builds and runs; the deployment has succeeded. */
    public Deployment run(Bundle bundle) {
        upload(bundle);
        return deploy(Mode.BUILD_AND_RUN).expect("SUCCEEDED");
    }

    /** Asks for a deployment of every service and waits until it ends. */
    public Deployment deploy(Mode mode) {
        return gantry.ended(request(mode));
    }

    public Deployment deploy(Mode mode, String service, int version) {
        return gantry.ended(request(mode, service, version));
    }

    /** Asks for a deployment of every service, newest versions. */
    public Deployment request(Mode mode, String... headers) {
        return order(Map.of("mode", mode), headers).expect(202).as(Deployment.class);
    }

    public Deployment request(Mode mode, String service, int version) {
        return order(Map.of("mode", mode, "services", List.of(Map.of("name", service, "version", version))))
                .expect(202)
                .as(Deployment.class);
    }

    /** A request for a deployment that need not be accepted. */
    public Answer order(Object body, String... headers) {
        return Rest.postJson(at("/deployments"), body, headers);
    }

    /** The newest first. */
    public List<Deployment> history() {
        return List.of(Rest.get(at("/deployments")).expect(200).as(Deployment[].class));
    }

    // --- schedules, scale ---

    /** A request for a schedule that need not be accepted. */
    public Answer plan(Object body, String... headers) {
        return Rest.postJson(at("/schedules"), body, headers);
    }

    public Schedule schedule(String id) {
        return Rest.get(at("/schedules/" + id)).expect(200).as(Schedule.class);
    }

    public List<Schedule> schedules() {
        return List.of(Rest.get(at("/schedules")).expect(200).as(Schedule[].class));
    }

    public void unschedule(String id) {
        Rest.delete(at("/schedules/" + id)).expect(204);
    }

    /** The load-balancer hears of instances a little later than that their deployment has ended: before, there is nothing to scale. */
    public Answer scale(int replicas) {
        return await(name + " is known to the load-balancer")
                .until(() -> scale(APP_SERVER, Map.of("replicas", replicas)), answer -> answer.status() != 404);
    }

    public Answer scale(String service, Object body) {
        return Rest.postJson(gantry.loadBalancer("/api/v1/apps/%s/services/%s/scale".formatted(name, service)), body);
    }

    public JsonNode decisions() {
        return Rest.get(gantry.loadBalancer("/api/v1/decisions?app=" + name))
                .expect(200)
                .json();
    }

    // --- healing ---

    /** What went down of it, the newest first. */
    public List<JsonNode> incidents() {
        return Rest.get(gantry.monitoring("/api/v1/incidents?app=" + name))
                .expect(200)
                .json()
                .path("incidents")
                .values()
                .stream()
                .toList();
    }

    /** A request for new instances in place of those of a service. */
    public Answer restart(String service) {
        return Rest.postJson(
                gantry.lifecycleManager("/api/v1/apps/%s/services/%s/restart".formatted(name, service)), "");
    }

    // --- what is there ---

    public JsonNode description() {
        return get().expect(200).json();
    }

    public Answer get() {
        return Rest.get(at(""));
    }

    public Answer delete() {
        return Rest.delete(at(""));
    }

    /** Where end users reach it now. */
    public URI url() {
        return URI.create(description().path("url").asString());
    }

    /** What the app itself answers to its end users. */
    public String answer() {
        return Rest.get(url()).expect(200).body();
    }

    /** The scheduler hears of instances a little later than that their deployment has ended: before, the app may have no address. */
    public String awaitAnswer(String part) {
        return await("An answer of %s with %s".formatted(name, part))
                .ignoreExceptions()
                .until(this::answer, said -> said.contains(part));
    }

    /** The registry's entries of it. */
    public List<JsonNode> instances() {
        return gantry.instances(name);
    }

    /** Tags of a service's images in the container registry. */
    public List<String> pushedTags(String service) throws IOException {
        String fleet = gantry.platform().fleet();
        var answer = Rest.get(gantry.registry("/v2/%s/%s/%s/tags/list".formatted(fleet, name, service)));
        return answer.status() == 404
                ? List.of()
                : answer.expect(200).json().path("tags").values().stream()
                        .map(JsonNode::asString)
                        .toList();
    }

    /** Where each instance answers now. */
    public List<URI> addresses() {
        return instances().stream()
                .map(instance -> "http://%s:%d/"
                        .formatted(
                                instance.path("address").asString(),
                                instance.path("port").asInt()))
                .map(URI::create)
                .toList();
    }

    /** What its instances logged so far. */
    public String log() {
        return instances().stream()
                .map(instance -> Rest.get(logOf(instance, "tail=200"), "Accept", "text/plain")
                        .expect(200)
                        .body())
                .collect(joining());
    }

    /** What its only instance logs from now on. */
    public Events followedLog() {
        return Events.of(logOf(instances().getFirst(), "follow=true"));
    }

    private URI logOf(JsonNode instance, String how) {
        return gantry.nodeManager(
                "/api/v1/instances/%s/log?%s".formatted(instance.path("id").asString(), how));
    }

    public URI at(String path) {
        return gantry.scheduler("/api/v1/apps/" + name + path);
    }
}
