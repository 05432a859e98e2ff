package io.gantry.deployer.build;

import io.gantry.contract.manifest.AppRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param engine the Docker Engine that builds
 * @param engineHostKey pinned, if that engine is reached by SSH
 * @param basePrefix before the runtime's name, in the names of base images: {@code gantry/} gives {@code gantry/python:1}
 * @param baseTag behind it
 * @param basesFromRegistry whether the container registry keeps the base images, and the build engine gets them from there
 * @param ownDockerfiles whether a bundle may bring a Dockerfile of its own
 * @param cachesKept how many builds' dependencies are kept on the engine, for each service
 * @param leftoversKept how long what a killed build left on the engine is kept; longer than any build takes
 * @param workspace where zips lie while they are built
 */
@ConfigurationProperties("gantry.deployer.build")
record BuildSettings(
        @DefaultValue("unix:///var/run/docker.sock") URI engine,
        @Nullable String engineHostKey,
        @DefaultValue("gantry/") String basePrefix,
        @DefaultValue("1") String baseTag,
        @DefaultValue("false") boolean basesFromRegistry,
        @DefaultValue("true") boolean ownDockerfiles,
        @DefaultValue("3") int cachesKept,
        @DefaultValue("1h") Duration leftoversKept,
        Path workspace) {
    String baseImage(AppRuntime runtime) {
        return basePrefix + runtime.name().toLowerCase(Locale.ROOT) + ":" + baseTag;
    }
}
