package io.gantry.deployer.build;

import com.github.dockerjava.api.DockerClient;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.deployer.node.ImagePulls;
import io.gantry.deployer.registry.ContainerRegistry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Base images come to an engine from the container registry, where they are kept under the platform's own names. On the
 * engine they get the short name that Dockerfiles know them by, so these are the same wherever they are built, and a
 * developer's own Dockerfile carries no address and no login. They are asked for before each build: the registry may have a
 * newer one.
 */
@Component
class BaseImages {
    private static final Pattern FROM = Pattern.compile("(?im)^[ \\t]*FROM[ \\t]+(?:--\\S+[ \\t]+)*(\\S+)");
    private static final Pattern MISSING =
            Pattern.compile("(?is).*(manifest unknown|not found|repository name not known).*");
    private static final String NEWEST = "latest";

    private final BuildSettings settings;
    private final ContainerRegistry registry;
    private final ImagePulls pulls;

    BaseImages(BuildSettings settings, ContainerRegistry registry, ImagePulls pulls) {
        this.settings = settings;
        this.registry = registry;
        this.pulls = pulls;
    }

    /** @return why not, if the registry has not got one of them */
    Optional<String> bring(DockerClient docker, Dockerfile dockerfile) throws InterruptedException {
        if (!comeFromRegistry()) {
            return Optional.empty();
        }
        for (String base : of(dockerfile.text())) {
            Optional<String> problem = bring(docker, base);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** One for each runtime that the platform provides. */
    List<String> all() {
        return Stream.of(AppRuntime.values())
                .filter(runtime -> runtime != AppRuntime.DOCKERFILE)
                .map(settings::baseImage)
                .toList();
    }

    /** Whether they come from the container registry at all. */
    boolean comeFromRegistry() {
        return settings.basesFromRegistry();
    }

    /** The platform's base images that a Dockerfile names. */
    List<String> of(String dockerfile) {
        return FROM.matcher(dockerfile)
                .results()
                .map(line -> line.group(1))
                .filter(base -> base.startsWith(settings.basePrefix()) && !base.contains("@"))
                .distinct()
                .toList();
    }

    /** @return why not, if the registry has not got it */
    Optional<String> bring(DockerClient docker, String base) throws InterruptedException {
        int colon = base.indexOf(':');
        String name = colon < 0 ? base : base.substring(0, colon);
        String tag = colon < 0 ? NEWEST : base.substring(colon + 1);
        String copy = registry.copyOf(name);
        var pulled = pulls.pull(docker, copy, tag);
        if (pulled.succeeded()) {
            docker.tagImageCmd(copy + ":" + tag, name, tag).exec();
            return Optional.empty();
        }
        return Optional.of(missing(base, pulled.refusal()));
    }

    private String missing(String base, String refusal) {
        String sentence = "the container registry %s gave no %s: %s".formatted(registry.address(), base, refusal);
        if (MISSING.matcher(refusal).matches()) {
            return sentence;
        }
        throw new IllegalStateException(sentence);
    }
}
