package io.gantry.deployer;

import java.io.IOException;
import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A real container registry in a container. */
public final class LocalRegistry extends GenericContainer<LocalRegistry> {
    private static final int PORT = 5000;

    private LocalRegistry() {
        super("gantry/registry:1");
        withExposedPorts(PORT);
        waitingFor(Wait.forHttp("/v2/"));
    }

    static LocalRegistry startNew() {
        LocalRegistry registry = new LocalRegistry();
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
        return "127.0.0.1:" + getMappedPort(PORT);
    }
}
