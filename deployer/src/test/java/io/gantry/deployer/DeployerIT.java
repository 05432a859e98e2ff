package io.gantry.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Image;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.remote.Engines;
import io.gantry.storage.BlobStore;
import io.gantry.testkit.EmbeddedPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/** From a bundle to a running instance, with the real engine and a real registry. */
@SpringBootTest(
        classes = DeployerApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=deployer", "gantry.fleet=deployer-it"})
@Import({Neighbours.class, Requests.class})
@EmbeddedPlatform
class DeployerIT {
    private static final BundleShelf SHELF = new BundleShelf();
    private static final LocalRegistry REGISTRY = LocalRegistry.startNew();
    private static final ServiceName WEB = new ServiceName("app-server");
    private static final ServiceName API = new ServiceName("worker-api");

    private static final String HELLO = """
            import os, signal, sys
            from http.server import BaseHTTPRequestHandler, HTTPServer

            class Hello(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(f"Hello from {os.environ['GANTRY_APP']}".encode())

            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            HTTPServer(("", int(os.environ["PORT"])), Hello).serve_forever()
            """;

    @TestBean
    BlobStore blobStore;

    static BlobStore blobStore() {
        return SHELF.store;
    }

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add("gantry.deployer.registry.address", REGISTRY::address);
    }

    @Autowired
    Neighbours neighbours;

    @Autowired
    Requests requests;

    @Autowired
    Engines engines;

    private DockerClient docker;
    private AppName app;

    @BeforeEach
    void everyTestHasItsOwnApp(TestInfo test) {
        docker = engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();
        app = new AppName("it-" + Integer.toHexString(test.getDisplayName().hashCode()));
        neighbours.announceNode(Neighbours.NODE);
    }

    @AfterEach
    void removeWhatIsLeft() {
        containers()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
        Stream.of("gantry-cache/" + app, REGISTRY.address() + "/" + app).forEach(this::removeImages);
        networks().forEach(id -> docker.removeNetworkCmd(id).exec());
    }

    @AfterAll
    static void stopTheRegistry() {
        REGISTRY.stop();
    }

    private void removeImages(String prefix) {
        imagesOf(prefix).stream()
                .flatMap(DeployerIT::names)
                .filter(name -> name.startsWith(prefix))
                .forEach(this::removeImage);
    }

    /** With its last tag, an image's digests may be gone already. */
    private void removeImage(String name) {
        try {
            docker.removeImageCmd(name).withForce(true).exec();
        } catch (NotFoundException gone) {
            return;
        }
    }

    private List<Container> containers() {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("io.gantry.app", app.value(), "io.gantry.fleet", "deployer-it"))
                .exec();
    }

    /** By name, tagged or not. */
    private List<Image> imagesOf(String prefix) {
        return docker.listImagesCmd().exec().stream()
                .filter(image -> names(image).anyMatch(name -> name.startsWith(prefix)))
                .toList();
    }

    private static Stream<String> names(Image image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream);
    }

    private List<String> networks() {
        return docker.listNetworksCmd().withNameFilter("gantry-" + app).exec().stream()
                .map(network -> network.getId())
                .toList();
    }

    private static Zip python(String code, String config) {
        return new Zip().with("app.py", code).with("config.json", config);
    }

    private Release hello(int version) {
        return SHELF.put(
                WEB, version, python(HELLO + "# " + app + version, "{\"port\": 8000, \"health\": {\"path\": \"/\"}}"));
    }

    private ServiceReport runs(Release release) {
        ServiceReport report = requests.report(requests.buildAndRun(app, release));
        assertThat(report.state()).as("%s", report).isEqualTo(ServiceState.RUNNING);
        return report;
    }

    private Failure fails(Release release) {
        ServiceReport report = requests.report(requests.buildAndRun(app, release));
        return Objects.requireNonNull(report.failure(), report::toString);
    }

    private static String get(InstanceAddress at, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://%s:%d%s".formatted(at.address(), at.port(), path));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<String> log(DeploymentToken token) {
        return neighbours.buildLogs.stream()
                .filter(log -> log.token().equals(token))
                .map(BuildLog::lines)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void a_python_service_is_built_run_and_answers_until_it_is_stopped() throws Exception {
        ServiceReport report = runs(hello(1));
        assertThat(get(report.instances().getFirst(), "/")).isEqualTo("Hello from " + app);
        assertThat(requests.report(requests.stop(app, WEB)).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(containers()).isEmpty();
        assertThat(networks()).isEmpty();
    }

    @Test
    void a_container_has_no_more_rights_than_it_needs() {
        InstanceAddress at = runs(SHELF.put(WEB, 1, python(HELLO + "# " + app, """
                                {"port": 8000, "resources": {"cpus": 0.25, "memory": "64Mi", "pids": 50},
                                 "stop": {"signal": "SIGTERM", "timeout": "3s"}}""")))
                .instances()
                .getFirst();
        InspectContainerResponse container =
                docker.inspectContainerCmd(at.id().value()).exec();
        HostConfig limits = container.getHostConfig();
        assertThat(container.getConfig().getUser()).isEqualTo("10001:10001");
        assertThat(limits.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(limits.getSecurityOpts()).containsExactly("no-new-privileges");
        assertThat(limits.getPrivileged()).isFalse();
        assertThat(limits.getMemory()).isEqualTo(64L << 20);
        assertThat(limits.getMemorySwap()).isEqualTo(64L << 20);
        assertThat(limits.getNanoCPUs()).isEqualTo(250_000_000);
        assertThat(limits.getPidsLimit()).isEqualTo(50);
        assertThat(limits.getInit()).isTrue();
        assertThat(limits.getLogConfig().getConfig()).containsEntry("max-size", "10m");
        assertThat(limits.getNetworkMode()).isEqualTo("gantry-" + app);
        assertThat(limits.getRestartPolicy().getName()).isIn("", "no");
        assertThat(container.getMounts()).isEmpty();
        assertThat(limits.getPortBindings().getBindings().values())
                .singleElement()
                .satisfies(bindings -> assertThat(bindings[0].getHostIp()).isEqualTo("127.0.0.1"));
    }

    @Test
    void after_the_push_only_the_cache_is_left_on_the_build_engine() {
        requests.answer(requests.build(app, hello(1)));
        await().untilAsserted(() -> assertThat(imagesOf("gantry-cache/" + app)).hasSize(1));
        await().untilAsserted(() ->
                assertThat(imagesOf(REGISTRY.address() + "/" + app)).isEmpty());
    }

    @Test
    void unchanged_dependencies_are_not_installed_again() {
        DeploymentToken first = requests.build(app, withWheel(1));
        assertThat(requests.answer(first).outcome()).as("%s", log(first)).isEqualTo(Outcome.SUCCEEDED);
        await().until(() -> imagesOf("gantry-cache/" + app).size() == 1);
        DeploymentToken second = requests.build(app, withWheel(2));
        assertThat(requests.answer(second).outcome()).isEqualTo(Outcome.SUCCEEDED);
        await().until(() -> log(second).stream().anyMatch(line -> line.startsWith("Successfully built")));
        assertThat(log(first)).anyMatch(line -> line.contains("Successfully installed greeting"));
        assertThat(log(second)).noneMatch(line -> line.contains("Successfully installed greeting"));
        assertThat(log(second).stream().filter(line -> line.contains("Using cache")))
                .hasSize(8);
    }

    private Release withWheel(int version) {
        Zip wheel = new Zip()
                .with("greeting.py", "WORD = 'hi'\n")
                .with("greeting-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1\n")
                .with("greeting-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                .with("greeting-1.dist-info/RECORD", "greeting.py,,\ngreeting-1.dist-info/METADATA,,\n");
        return SHELF.put(
                WEB,
                version,
                python("import greeting # " + app + version, "{\"port\": 8000}")
                        .with("requirements.txt", "greeting==1\n")
                        .with("wheels/greeting-1-py3-none-any.whl", wheel.bytes()));
    }

    @Test
    void a_crash_at_start_tells_why_and_leaves_nothing() {
        Failure failure = fails(
                SHELF.put(WEB, 1, python("print('about to fail')\nraise SystemExit(3) # " + app, "{\"port\": 8000}")));
        assertThat(failure.code()).isEqualTo("CONTAINER_ENDED");
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.log()).contains("about to fail");
        assertThat(containers()).isEmpty();
        assertThat(networks()).isEmpty();
        await().untilAsserted(() ->
                assertThat(imagesOf(REGISTRY.address() + "/" + app)).isEmpty());
    }

    @Test
    void a_health_check_that_never_answers_tells_what_it_got() {
        Failure failure = fails(SHELF.put(
                WEB,
                1,
                python(
                        "import time # " + app + "\nprint('not listening', flush=True)\ntime.sleep(600)",
                        "{\"port\": 8000, \"health\": {\"path\": \"/\", \"gracePeriod\": \"2s\"}}")));
        assertThat(failure.code()).isEqualTo("HEALTH_CHECK_FAILED");
        assertThat(failure.lastProbe()).isNotBlank();
        assertThat(failure.log()).contains("not listening");
        assertThat(containers()).isEmpty();
    }

    @Test
    void running_out_of_memory_is_told_as_such() {
        Failure failure = fails(SHELF.put(
                WEB,
                1,
                python(
                        "hog = []\nwhile True: hog.append(bytearray(1 << 20)) # " + app,
                        "{\"port\": 8000, \"resources\": {\"memory\": \"32Mi\"}}")));
        assertThat(failure.code()).isEqualTo("OUT_OF_MEMORY");
        assertThat(failure.oomKilled()).isTrue();
    }

    @Test
    void a_command_that_does_not_exist_is_the_developers_to_mend() {
        Failure failure = fails(SHELF.put(
                WEB,
                1,
                python("# " + app, "{\"port\": 8000, \"runtime\": \"python\", \"command\": [\"no-such-program\"]}")));
        assertThat(failure.kind()).isEqualTo(FailureKind.REQUEST);
        assertThat(failure.message() + failure.log()).contains("no-such-program");
        assertThat(containers()).isEmpty();
    }

    @Test
    void a_failing_build_step_is_shown_with_its_output() {
        Failure failure = fails(SHELF.put(
                WEB,
                1,
                new Zip()
                        .with("Dockerfile", "FROM gantry/debian:1\nRUN echo no-luck-%s && exit 7\n".formatted(app))
                        .with("config.json", "{\"port\": 8000}")));
        assertThat(failure.code()).isEqualTo("BUILD_FAILED");
        assertThat(failure.log()).contains("no-luck-" + app);
    }

    @Test
    void a_developers_own_dockerfile_runs_with_our_restrictions() throws Exception {
        ServiceReport report = runs(SHELF.put(
                WEB,
                1,
                new Zip()
                        .with("app.py", HELLO + "# " + app)
                        .with(
                                "Dockerfile",
                                "FROM gantry/python:1\nUSER root\nCOPY app.py /\nCMD [\"python3\", \"/app.py\"]\n")
                        .with("config.json", "{\"port\": 8000}")));
        InstanceAddress at = report.instances().getFirst();
        assertThat(get(at, "/")).isEqualTo("Hello from " + app);
        assertThat(docker.inspectContainerCmd(at.id().value())
                        .exec()
                        .getConfig()
                        .getUser())
                .isEqualTo("10001:10001");
    }

    @Test
    void a_static_site_is_served_without_its_manifest() throws Exception {
        ServiceReport report = runs(SHELF.put(
                WEB, 1, new Zip().with("index.html", "<h1>" + app + "</h1>").with("config.json", "{\"port\": 8000}")));
        InstanceAddress at = report.instances().getFirst();
        assertThat(get(at, "/")).contains(app.value());
        assertThat(get(at, "/config.json")).doesNotContain("8000");
    }

    @Test
    void services_of_an_app_reach_each_other_by_name() throws Exception {
        String caller = """
                import os, urllib.request
                from http.server import BaseHTTPRequestHandler, HTTPServer

                class Caller(BaseHTTPRequestHandler):
                    def do_GET(self):
                        answer = urllib.request.urlopen("http://worker-api:9000/").read()
                        self.send_response(200)
                        self.end_headers()
                        self.wfile.write(b"They say: " + answer)

                HTTPServer(("", int(os.environ["PORT"])), Caller).serve_forever()
                """;
        Release api = SHELF.put(API, 1, python(HELLO + "# api " + app, "{\"port\": 9000}"));
        Release web = SHELF.put(WEB, 1, python(caller + "# " + app, "{\"port\": 8000}"));
        DeployerEvent.Finished answer = requests.answer(requests.buildAndRun(app, web, api));
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        InstanceAddress at = answer.services().stream()
                .filter(report -> report.service().equals(WEB))
                .findFirst()
                .orElseThrow()
                .instances()
                .getFirst();
        assertThat(get(at, "/")).isEqualTo("They say: Hello from " + app);
    }

    @Test
    void a_cancel_ends_a_build_on_the_engine_within_seconds() {
        Release slow = SHELF.put(
                WEB,
                1,
                new Zip()
                        .with("Dockerfile", "FROM gantry/debian:1\nRUN echo %s && sleep 300\n".formatted(app))
                        .with("config.json", "{\"port\": 8000}"));
        DeploymentToken token = requests.build(app, slow);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> log(token).stream().anyMatch(line -> line.contains("Running in")));
        await().until(() -> buildContainers() == 1);
        requests.cancel(app, token);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.CANCELLED);
        await().atMost(Duration.ofSeconds(10)).until(() -> buildContainers() == 0);
    }

    private long buildContainers() {
        return docker.listContainersCmd().exec().stream()
                .filter(container -> container.getCommand().contains("echo " + app))
                .count();
    }

    @Test
    void a_program_that_does_not_listen_to_its_signal_is_killed_in_time() {
        runs(SHELF.put(
                WEB,
                1,
                python(
                        HELLO.replace("sys.exit(0)", "None") + "# " + app,
                        "{\"port\": 8000, \"stop\": {\"timeout\": \"1s\"}}")));
        Instant asked = Instant.now();
        assertThat(requests.report(requests.stop(app, WEB)).state()).isEqualTo(ServiceState.STOPPED);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(9));
        assertThat(containers()).isEmpty();
    }

    @Test
    void nothing_is_left_of_an_app_that_is_gone_and_the_next_of_its_name_starts_anew() throws Exception {
        Release release = hello(1);
        runs(release);
        requests.report(requests.stop(app, WEB));
        assertThat(imagesOf("gantry-cache/" + app)).isNotEmpty();
        assertThat(tags()).contains("\"1\"");
        requests.discard(app, WEB);
        await().untilAsserted(() ->
                assertThat(imagesOf(REGISTRY.address() + "/" + app)).isEmpty());
        await().untilAsserted(() -> assertThat(imagesOf("gantry-cache/" + app)).isEmpty());
        await().untilAsserted(() -> assertThat(tags()).doesNotContain("\"1\""));
        assertThat(get(runs(release).instances().getFirst(), "/")).isEqualTo("Hello from " + app);
        assertThat(tags()).contains("\"1\"");
    }

    private String tags() throws IOException, InterruptedException {
        URI uri = URI.create("http://%s/v2/%s/%s/tags/list".formatted(REGISTRY.address(), app, WEB));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** They stand on the same layers, and the engine does not know that one is built upon while it removes another. */
    @Test
    void apps_with_the_same_code_may_come_and_go_side_by_side() {
        Release release = hello(1);
        List<AppName> apps =
                IntStream.range(0, 6).mapToObj(n -> new AppName(app + "-" + n)).toList();
        for (int round = 0; round < 3; round++) {
            List<DeploymentToken> builds =
                    apps.stream().map(one -> requests.build(one, release)).toList();
            for (int n = 0; n < apps.size(); n++) {
                assertThat(requests.answer(builds.get(n)).outcome()).isEqualTo(Outcome.SUCCEEDED);
                requests.discard(apps.get(n), WEB);
            }
        }
        await().untilAsserted(() -> assertThat(imagesOf("gantry-cache/" + app)).isEmpty());
    }

    @Test
    void an_image_the_registry_has_lost_is_to_be_built_again() {
        Release release = hello(1);
        requests.answer(requests.build(app, release));
        await().until(() -> imagesOf(REGISTRY.address() + "/" + app).isEmpty());
        REGISTRY.forget(app + "/" + WEB);
        ServiceReport report = requests.report(requests.run(app, release));
        assertThat(Objects.requireNonNull(report.failure()).code()).isEqualTo("IMAGE_MISSING");
        assertThat(runs(release).instances()).hasSize(1);
    }
}
