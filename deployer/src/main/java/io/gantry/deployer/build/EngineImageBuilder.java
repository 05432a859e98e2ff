package io.gantry.deployer.build;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PruneType;
import com.github.dockerjava.api.model.PushResponseItem;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.node.EngineStream;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.deployer.node.FullDisk;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.registry.Refusal;
import io.gantry.registry.RegistryLogin;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A Docker Engine's own builder. Its cache are the layers that some tagged image stands upon; so what is to be kept of a
 * build gets a tag under {@code gantry-cache}, and all else is removed.
 */
@Component
class EngineImageBuilder implements ImageBuilder {
    private static final long LOOK_MILLIS = 200;
    private static final int LOOKS_BETWEEN_QUESTIONS = 5;
    private static final String CACHE = "gantry-cache";

    /**
     * What the engine says when a layer that it took from its cache was removed meanwhile: its cache has no locks. These are its
     * own words from the beginning; what a step of the build prints can't be taken for them.
     */
    private static final Pattern CACHE_LOST = Pattern.compile(
            "failed to (export image: |get layer |get digest sha256:|get destination image \"sha256:).*"
                    + "|.*layer does not exist|No such image: sha256:\\w+",
            Pattern.DOTALL);

    private final Engines engines;
    private final BaseImages bases;
    private final BuildSettings settings;
    private final ContainerRegistry registry;
    private final RegistryLogin login;
    private final String fleet;
    private final InstantSource clock;

    EngineImageBuilder(
            Engines engines,
            BaseImages bases,
            BuildSettings settings,
            ContainerRegistry registry,
            RegistryLogin login,
            FleetSettings fleet,
            InstantSource clock) {
        this.engines = engines;
        this.bases = bases;
        this.settings = settings;
        this.registry = registry;
        this.login = login;
        this.fleet = fleet.fleet();
        this.clock = clock;
    }

    private DockerClient docker() {
        return engines.of(settings.engine(), settings.engineHostKey()).docker();
    }

    @Override
    public Built build(Plan plan, BuildWatch watch) throws InterruptedException {
        DockerClient docker = docker();
        Optional<String> missing = bases.bring(docker, plan.dockerfile());
        if (missing.isPresent()) {
            return new Built.Failed(missing.get(), 1, null);
        }
        BuildRun run = new BuildRun();
        docker.buildImageCmd(plan.context())
                .withDockerfilePath(plan.dockerfile().path())
                .withLabels(plan.labels())
                .withRemove(true)
                .withForcerm(true)
                .exec(run);
        try {
            return follow(run, plan, watch);
        } finally {
            stop(run, plan);
        }
    }

    private static Built follow(BuildRun run, Plan plan, BuildWatch watch) throws InterruptedException {
        BuildOutput output = run.output;
        for (int look = 1; !run.endsWithin(LOOK_MILLIS); look++) {
            watch.onLines(output.read());
            if (look % LOOKS_BETWEEN_QUESTIONS == 0 && !watch.isWanted()) {
                return new Built.Stopped(output.lastLayer());
            }
        }
        output.end();
        watch.onLines(output.read());
        if (run.image != null) {
            return new Built.Succeeded(
                    run.image, output.layerOf(plan.dockerfile().stepsBeforeCode()));
        }
        String reason = run.refusal();
        if (FullDisk.isWhy(reason)) {
            throw new IllegalStateException(reason);
        }
        if (isLossOfCache(reason)) {
            throw new IllegalStateException("The build engine removed a layer while it was built upon: " + reason);
        }
        return new Built.Failed(reason, output.step(), output.lastLayer());
    }

    static boolean isLossOfCache(String reason) {
        return CACHE_LOST.matcher(reason).matches();
    }

    /** The engine ends a build whose caller has gone; to one that has ended, this is nothing. */
    private static void stop(BuildRun run, Plan plan) {
        run.close();
        try {
            plan.context().close();
        } catch (IOException broken) {
            throw new UncheckedIOException("Stopping a build", broken);
        }
    }

    @Override
    public Pushed push(LegId leg, LocalImage image, int version) throws InterruptedException {
        String repository = registry.repository(leg);
        DockerClient docker = docker();
        try {
            docker.tagImageCmd(image.id(), repository, Integer.toString(version))
                    .exec();
        } catch (NotFoundException gone) {
            return new Pushed.NothingToPush();
        }
        PushRun run = login.pushing(
                known -> push(docker, repository, version, known), pushed -> pushed.isRefused(Refusal::isWhy));
        if (run.digest != null) {
            return new Pushed.As(repository + "@" + run.digest);
        }
        String reason = run.refusal();
        if (Refusal.isWhy(reason)) {
            return new Pushed.Refused(reason);
        }
        throw new IllegalStateException(
                "The registry %s did not take %s: %s".formatted(registry.address(), leg, reason));
    }

    private static PushRun push(DockerClient docker, String repository, int version, AuthConfig known)
            throws InterruptedException {
        try (PushRun run = new PushRun()) {
            docker.pushImageCmd(repository)
                    .withTag(Integer.toString(version))
                    .withAuthConfig(known)
                    .exec(run);
            run.awaitEnd();
            return run;
        }
    }

    @Override
    public boolean tidy(LegId leg, LocalImage image, int version) {
        boolean there = isThere(image);
        keep(leg, image.dependencies() == null ? image.id() : image.dependencies());
        remove(registry.repository(leg) + ":" + version);
        remove(image.id());
        return there;
    }

    private boolean isThere(LocalImage image) {
        try {
            docker().inspectImageCmd(image.id()).exec();
            return true;
        } catch (NotFoundException elsewhere) {
            return false;
        }
    }

    @Override
    public void keep(LegId leg, String layer) {
        String repository = cache(leg);
        try {
            docker().tagImageCmd(layer, repository, tagOf(layer)).exec();
        } catch (NotFoundException gone) {
            return;
        }
        imagesIn(repository).stream()
                .sorted(Comparator.comparing(Image::getCreated).reversed())
                .filter(cache -> !cache.getId().contains(layer))
                .skip(Math.max(0, settings.cachesKept() - 1))
                .flatMap(cache -> tagsIn(repository, cache))
                .forEach(this::remove);
    }

    private static String cache(LegId leg) {
        return "%s/%s/%s".formatted(CACHE, leg.app(), leg.service());
    }

    private static String tagOf(String layer) {
        String hex = layer.substring(layer.indexOf(':') + 1);
        return hex.substring(0, Math.min(12, hex.length()));
    }

    @Override
    public void discard(LegId leg) {
        for (String repository : List.of(registry.repository(leg), cache(leg))) {
            imagesIn(repository).stream()
                    .flatMap(image -> tagsIn(repository, image))
                    .forEach(this::remove);
        }
    }

    /** An image that was pulled has a digest for a name, and may have no tag at all. */
    private static Stream<String> tagsIn(String repository, Image image) {
        String[] tags = image.getRepoTags();
        return tags == null ? Stream.empty() : Arrays.stream(tags).filter(tag -> tag.startsWith(repository + ":"));
    }

    private List<Image> imagesIn(String repository) {
        return docker().listImagesCmd().withReferenceFilter(repository).exec();
    }

    /** An image that is gone is as good as removed; one that a container runs from is none of the build's any more. */
    private void remove(String image) {
        try {
            docker().removeImageCmd(image).exec();
        } catch (NotFoundException | ConflictException notOurs) {
            return;
        }
    }

    @Override
    public void removeLeftovers() {
        docker().pruneCmd(PruneType.IMAGES)
                .withDangling(true)
                .withLabelFilter(Labels.FLEET + "=" + fleet)
                .withUntilFilter(Long.toString(
                        clock.instant().minus(settings.leftoversKept()).getEpochSecond()))
                .exec();
    }

    private static final class BuildRun extends EngineStream<BuildResponseItem> {
        private final BuildOutput output = new BuildOutput();
        private volatile @Nullable String image;

        @Override
        public void onNext(BuildResponseItem item) {
            super.onNext(item);
            if (item.getStream() != null) {
                output.print(item.getStream());
            }
            if (item.isBuildSuccessIndicated()) {
                image = item.getImageId();
            }
        }
    }

    private static final class PushRun extends EngineStream<PushResponseItem> {
        private volatile @Nullable String digest;

        @Override
        public void onNext(PushResponseItem item) {
            super.onNext(item);
            if (item.getAux() != null && item.getAux().getDigest() != null) {
                digest = item.getAux().getDigest();
            }
        }
    }
}
