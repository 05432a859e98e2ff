package io.gantry.standalone;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;

/**
 * The container registry and the blob storage of one platform.
 *
 * @param fleet tells this platform's containers and volumes from another's on the same engine
 */
record StandIns(DockerClient docker, Ports ports, String fleet) {
    private static final int REGISTRY_LISTENS = 5000;
    private static final int AZURITE_LISTENS = 10000;

    StandIn registry() {
        var standIn = StandIn.start(
                docker,
                new StandIn.Spec(
                        "gantry-%s-registry".formatted(fleet),
                        "gantry/registry:1",
                        REGISTRY_LISTENS,
                        ports.registry(),
                        "/var/lib/registry"));
        HttpAnswer.await("The container registry", at(ports.registry(), "/v2/"), status -> status == 200);
        return standIn;
    }

    StandIn azurite() {
        var standIn = StandIn.start(
                docker,
                new StandIn.Spec(
                        "gantry-%s-azurite".formatted(fleet),
                        "gantry/azurite:1",
                        AZURITE_LISTENS,
                        ports.azurite(),
                        "/var/lib/azurite"));
        HttpAnswer.await("The blob storage", at(ports.azurite(), "/"), _ -> true);
        return standIn;
    }

    /** Azurite's account and its key are the same everywhere, by its documentation; it listens on the loopback interface only. */
    static String azuriteConnection(int port) {
        return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
                + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
                + ";BlobEndpoint=http://127.0.0.1:%d/devstoreaccount1;".formatted(port);
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }
}
