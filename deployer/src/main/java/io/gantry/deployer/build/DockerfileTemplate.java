package io.gantry.deployer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.contract.manifest.Manifest;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The Dockerfile for a release. What changes seldom comes first: the base, the dependencies, how it is started. What
 * changes with every version comes last, and in as few steps as can be, as each costs the builder a layer. The environment
 * is not in the image: it is given to each container.
 */
@Component
class DockerfileTemplate {
    /** Not a name that a bundle would have; it does not end up in the image. */
    private static final String PATH = ".gantry.Dockerfile";

    private static final String USER = "10001:10001";
    private static final int LARGEST_OWN_DOCKERFILE = 1 << 20;
    private static final List<String> PYTHON_LISTS = List.of("requirements.txt", "constraints.txt");
    private static final String WHEELS = "wheels";
    private static final List<String> NODE_LISTS = List.of("package.json", "package-lock.json", "npm-shrinkwrap.json");

    private final BuildSettings settings;
    private final String fleet;

    DockerfileTemplate(BuildSettings settings, FleetSettings fleet) {
        this.settings = settings;
        this.fleet = fleet.fleet();
    }

    /** @throws BuildRefused if the release can't be built as it is */
    Dockerfile of(LegId leg, Release release, BundleFile bundle) throws IOException {
        return release.manifest().runtime() == AppRuntime.DOCKERFILE ? own(bundle) : generated(leg, release, bundle);
    }

    private Dockerfile generated(LegId leg, Release release, BundleFile bundle) {
        Manifest manifest = release.manifest();
        DockerfileText text = new DockerfileText()
                .from(settings.baseImage(manifest.runtime()))
                .label(Map.of(Labels.FLEET, fleet))
                .workdir("/app");
        installDependencies(manifest.runtime(), bundle, text);
        text.user(USER).stopSignal(manifest.stop().signal());
        if (!manifest.command().isEmpty()) {
            text.command(manifest.command());
        }
        int stable = text.steps();
        text.copyOwned(USER, ".", "./").label(labels(leg, release));
        return new Dockerfile(text.toString(), PATH, stable);
    }

    private static void installDependencies(AppRuntime runtime, BundleFile bundle, DockerfileText text) {
        switch (runtime) {
            case PYTHON -> installPython(bundle, text);
            case NODE -> installNode(bundle, text);
            case JAVA, STATIC, DOCKERFILE -> {}
        }
    }

    /** A folder of wheels in the bundle is the only source then: such a bundle needs no package index. */
    private static void installPython(BundleFile bundle, DockerfileText text) {
        if (bundle.file("requirements.txt").isEmpty()) {
            return;
        }
        text.copy(present(bundle, PYTHON_LISTS), "./");
        if (hasFolder(bundle, WHEELS)) {
            text.copy(List.of(WHEELS), "./" + WHEELS + "/")
                    .run(
                            "python3",
                            "-m",
                            "pip",
                            "install",
                            "--no-cache-dir",
                            "--no-index",
                            "--find-links",
                            WHEELS,
                            "-r",
                            "requirements.txt");
        } else {
            text.run("python3", "-m", "pip", "install", "--no-cache-dir", "-r", "requirements.txt");
        }
    }

    private static void installNode(BundleFile bundle, DockerfileText text) {
        if (bundle.file("package.json").isEmpty()) {
            return;
        }
        text.copy(present(bundle, NODE_LISTS), "./");
        boolean locked = bundle.file("package-lock.json").isPresent()
                || bundle.file("npm-shrinkwrap.json").isPresent();
        text.run("npm", locked ? "ci" : "install", "--omit=dev");
    }

    private static List<String> present(BundleFile bundle, List<String> names) {
        return names.stream().filter(name -> bundle.file(name).isPresent()).toList();
    }

    private static boolean hasFolder(BundleFile bundle, String name) {
        return bundle.entries().stream().anyMatch(entry -> entry.path().startsWith(name + "/") && !entry.folder());
    }

    /** What an image says of itself. */
    Map<String, String> labels(LegId leg, Release release) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Labels.FLEET, fleet);
        labels.put(Labels.APP, leg.app().value());
        labels.put(Labels.SERVICE, leg.service().value());
        labels.put(Labels.VERSION, Integer.toString(release.version()));
        labels.put("io.gantry.bundle.sha256", release.bundle().sha256());
        labels.put("org.opencontainers.image.title", leg.app() + "/" + leg.service());
        labels.put("org.opencontainers.image.version", Integer.toString(release.version()));
        return labels;
    }

    private Dockerfile own(BundleFile bundle) throws IOException {
        if (!settings.ownDockerfiles()) {
            throw new BuildRefused(
                    "OWN_DOCKERFILE", "This platform builds no Dockerfiles of developers' own: choose a runtime.");
        }
        BundleEntry file = bundle.file("Dockerfile")
                .orElseThrow(() -> new BuildRefused("NO_DOCKERFILE", "The bundle has no Dockerfile at its top."));
        if (file.size() > LARGEST_OWN_DOCKERFILE) {
            throw new BuildRefused("DOCKERFILE_TOO_LARGE", "The Dockerfile is larger than 1 MiB.");
        }
        try (InputStream bytes = bundle.read(file)) {
            return new Dockerfile(new String(bytes.readAllBytes(), UTF_8), file.path(), 0);
        }
    }
}
