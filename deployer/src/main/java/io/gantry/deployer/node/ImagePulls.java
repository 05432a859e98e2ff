package io.gantry.deployer.node;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import io.gantry.registry.Refusal;
import io.gantry.registry.RegistryLogin;
import org.springframework.stereotype.Component;

/** Engines pull from the container registry by our login, which none of them keeps. */
@Component
public class ImagePulls {
    private final RegistryLogin login;

    public ImagePulls(RegistryLogin login) {
        this.login = login;
    }

    /**
     * @param repository with the registry's address
     * @param version a tag or a digest
     * @return what came of it, ended
     * @throws io.gantry.registry.NoRegistryLogin where there is no login to be had
     */
    public EngineStream<PullResponseItem> pull(DockerClient docker, String repository, String version)
            throws InterruptedException {
        return login.pulling(
                repository.substring(repository.indexOf('/') + 1),
                known -> pull(docker, repository, version, known),
                pulled -> pulled.isRefused(Refusal::isWhy));
    }

    private static EngineStream<PullResponseItem> pull(
            DockerClient docker, String repository, String version, AuthConfig known) throws InterruptedException {
        try (var pulling = new EngineStream<PullResponseItem>()) {
            docker.pullImageCmd(repository)
                    .withTag(version)
                    .withAuthConfig(known)
                    .exec(pulling);
            pulling.awaitEnd();
            return pulling;
        }
    }
}
