package io.gantry.deployer.build;

import com.github.dockerjava.api.DockerClient;
import io.gantry.remote.Engines;
import org.springframework.stereotype.Component;

/** The Docker Engine that builds. */
@Component
class BuildEngine {
    private final Engines engines;
    private final BuildSettings settings;

    BuildEngine(Engines engines, BuildSettings settings) {
        this.engines = engines;
        this.settings = settings;
    }

    DockerClient docker() {
        return engines.of(settings.engine(), settings.engineHostKey()).docker();
    }
}
