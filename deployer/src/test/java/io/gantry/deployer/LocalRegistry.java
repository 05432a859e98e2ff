package io.gantry.deployer;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** A real container registry in a container. */
public final class LocalRegistry extends GenericContainer<LocalRegistry> {
    private static final int PORT = 5000;

    private LocalRegistry() {
        super("gantry/registry:1");
        withExposedPorts(PORT);
        waitingFor(Wait.forHttp("/v2/").withStartupTimeout(Duration.ofMinutes(3)));
    }

    static LocalRegistry startNew() {
        LocalRegistry registry = new LocalRegistry();
        registry.start();
        return registry;
    }

    /** One that lets in only {@code gantry} with the password {@code secret}. */
    static LocalRegistry startWithLogin() {
        LocalRegistry registry = new LocalRegistry();
        registry.withCopyToContainer(
                        Transferable.of("gantry:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n"),
                        "/etc/registry-users")
                .withEnv("REGISTRY_AUTH", "htpasswd")
                .withEnv("REGISTRY_AUTH_HTPASSWD_REALM", "gantry")
                .withEnv("REGISTRY_AUTH_HTPASSWD_PATH", "/etc/registry-users")
                .waitingFor(Wait.forHttp("/v2/").forStatusCode(401).withStartupTimeout(Duration.ofMinutes(3)));
        registry.start();
        return registry;
    }

    /** Loses all images of a repository. */
    void forget(String repository) {
        try {
            execInContainer("rm", "-rf", "/var/lib/registry/docker/registry/v2/repositories/" + repository);
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** What it says it holds of a repository. */
    String tags(String repository) throws IOException, InterruptedException {
        return Page.of(URI.create("http://%s/v2/%s/tags/list".formatted(address(), repository)));
    }

    /** As engines on this machine know it. */
    String address() {
        return addressFrom("127.0.0.1");
    }

    /** @param host this machine, as whoever asks knows it */
    String addressFrom(String host) {
        return host + ":" + getMappedPort(PORT);
    }
}
