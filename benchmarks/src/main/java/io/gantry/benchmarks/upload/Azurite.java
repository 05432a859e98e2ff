package io.gantry.benchmarks.upload;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.processes.Ports;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.BlobStore;
import io.gantry.storage.BlobStoreUnavailable;
import io.gantry.storage.StorageSettings;
import java.time.Duration;
import java.util.Map;

/** The blob storage that standalone uses, in a container of its own. Account and key are the published ones of every Azurite. */
final class Azurite implements AutoCloseable {
    private static final String IMAGE = "gantry/azurite:1";
    private static final String ACCOUNT = "devstoreaccount1";
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final int LISTENS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DockerClient docker;
    private final String container;
    private final int port;

    private Azurite(DockerClient docker, String container, int port) {
        this.docker = docker;
        this.container = container;
        this.port = port;
    }

    static Azurite start(DockerClient docker) throws Exception {
        int port = Ports.free();
        Azurite azurite = new Azurite(docker, create(docker, port), port);
        docker.startContainerCmd(azurite.container).exec();
        BlobStore store = azurite.store("ready");
        Await.until("Azurite to answer", PATIENCE, () -> answers(store));
        return azurite;
    }

    private static String create(DockerClient docker, int port) {
        try {
            return docker.createContainerCmd(IMAGE)
                    .withLabels(Map.of("io.gantry.benchmark", ""))
                    .withExposedPorts(ExposedPort.tcp(LISTENS))
                    .withHostConfig(HostConfig.newHostConfig()
                            .withPortBindings(PortBinding.parse("127.0.0.1:%d:%d".formatted(port, LISTENS))))
                    .exec()
                    .getId();
        } catch (NotFoundException absent) {
            throw new Missing("The image %s is missing. Build it: images/build azurite".formatted(IMAGE));
        }
    }

    private static boolean answers(BlobStore store) {
        try {
            store.exists("anything");
            return true;
        } catch (BlobStoreUnavailable notYet) {
            return false;
        }
    }

    String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=http://127.0.0.1:%d/%s;"
                .formatted(ACCOUNT, KEY, port, ACCOUNT);
    }

    /** The same way in as the scheduler's. */
    BlobStore store(String blobContainer) {
        return new AzureBlobStore(StorageSettings.of(connectionString(), blobContainer));
    }

    @Override
    public void close() {
        docker.removeContainerCmd(container)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
    }
}
