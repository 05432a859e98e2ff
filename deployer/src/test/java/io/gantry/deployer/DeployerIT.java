package io.gantry.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.bundle.manifest.BundleManifest;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Bundle;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.messaging.Tokens;
import io.gantry.remote.Engines;
import io.gantry.storage.BlobStore;
import io.gantry.storage.InMemoryBlobStore;
import io.gantry.testkit.EmbeddedPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
@Import(Neighbours.class)
@EmbeddedPlatform
class DeployerIT {
    private static final InMemoryBlobStore STORE = new InMemoryBlobStore();
    private static final LocalRegistry REGISTRY = LocalRegistry.startNew();
    private static final AppName APP = new AppName("deployer-it");
    private static final ServiceName SERVICE = new ServiceName("app-server");

    @TestBean
    BlobStore blobStore;

    static BlobStore blobStore() {
        return STORE;
    }

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add("gantry.deployer.registry.address", REGISTRY::address);
    }

    @Autowired
    Neighbours neighbours;

    @Autowired
    Tokens tokens;

    @Autowired
    Engines engines;

    @TempDir
    Path folder;

    private DockerClient docker;
    private int version;

    @BeforeEach
    void announceTheNode() {
        docker = engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();
        neighbours.announceNode(Neighbours.NODE);
    }

    @AfterEach
    void removeWhatIsLeft() {
        containers()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
    }

    @Test
    void a_python_service_is_built_pushed_run_and_answers() throws Exception {
        Release release = release(python("print_hello", HELLO));
        ServiceReport report = answerTo(buildAndRun(release)).services().getFirst();
        assertThat(report.state()).as("%s", report).isEqualTo(ServiceState.RUNNING);
        InstanceAddress at = report.instances().getFirst();
        assertThat(get("http://%s:%d/".formatted(at.address(), at.port()))).contains("Hello from " + APP);
    }

    private static final String HELLO = """
            import os
            from http.server import BaseHTTPRequestHandler, HTTPServer

            class Hello(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(f"Hello from {os.environ['GANTRY_APP']}".encode())

            HTTPServer(("", int(os.environ["PORT"])), Hello).serve_forever()
            """;

    private static Zip python(String name, String code) {
        return new Zip()
                .with("app.py", code)
                .with("config.json", "{\"port\": 8000, \"health\": {\"path\": \"/healthz\"}}");
    }

    private DeploymentToken buildAndRun(Release release) {
        DeploymentToken token = new DeploymentToken(tokens.next());
        neighbours.command(new DeployerCommand.BuildAndRun(token, APP, List.of(release), soon()));
        return token;
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofMinutes(5));
    }

    private DeployerEvent.Finished answerTo(DeploymentToken token) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> !neighbours.answers(token).isEmpty());
        return neighbours.answers(token).getFirst();
    }

    private Release release(Zip zip) throws IOException {
        Path file = Files.write(folder.resolve("bundle-" + ++version), zip.bytes());
        try (BundleFile bundle = BundleFile.open(file, BundleLimits.DEFAULT)) {
            String sha256 = HexFormat.of().formatHex(digest(zip.bytes()));
            STORE.put(sha256, file);
            return new Release(
                    SERVICE,
                    version,
                    new Bundle(sha256, sha256, Files.size(file)),
                    BundleManifest.read(bundle, SERVICE).manifest());
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<Container> containers() {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("io.gantry.fleet", "deployer-it"))
                .exec();
    }
}
