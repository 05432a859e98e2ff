package io.gantry.storage;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A real blob store in a container. Its account and key are the published ones of every Azurite. */
public final class Azurite extends GenericContainer<Azurite> {
    private static final int PORT = 10_000;
    private static final String ACCOUNT = "devstoreaccount1";
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public Azurite() {
        super("gantry/azurite:1");
        withExposedPorts(PORT);
        waitingFor(Wait.forListeningPort().withStartupTimeout(Duration.ofMinutes(3)));
    }

    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=http://%s:%d/%s;"
                .formatted(ACCOUNT, KEY, getHost(), getMappedPort(PORT), ACCOUNT);
    }

    public StorageSettings settings(String container) {
        return StorageSettings.of(connectionString(), container);
    }
}
