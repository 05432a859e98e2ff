package io.gantry.deployer.build;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PushResponseItem;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.node.EngineStream;
import io.gantry.deployer.node.FullDisk;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.registry.Refusal;
import io.gantry.registry.RegistryLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A Docker Engine's own builder. */
@Component
class EngineImageBuilder implements ImageBuilder {
    private static final long LOOK_MILLIS = 200;
    private static final int LOOKS_BETWEEN_QUESTIONS = 5;

    /**
     * What the engine says when a layer that it took from its cache was removed meanwhile: its cache has no locks. These are its
     * own words from the beginning; what a step of the build prints can't be taken for them.
     */
    private static final Pattern CACHE_LOST = Pattern.compile(
            "failed to (export image: |get layer |get digest sha256:|get destination image \"sha256:).*"
                    + "|.*layer does not exist"
                    + "|(No such image: |unable to find image \"|unknown parent image ID )sha256:\\w+\"?",
            Pattern.DOTALL);

    private final BuildEngine engine;
    private final BaseImages bases;
    private final BuildCache cache;
    private final ContainerRegistry registry;
    private final RegistryLogin login;

    EngineImageBuilder(
            BuildEngine engine, BaseImages bases, BuildCache cache, ContainerRegistry registry, RegistryLogin login) {
        this.engine = engine;
        this.bases = bases;
        this.cache = cache;
        this.registry = registry;
        this.login = login;
    }

    @Override
    public Built build(Plan plan, BuildWatch watch) throws InterruptedException {
        DockerClient docker = engine.docker();
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
        DockerClient docker = engine.docker();
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
        return cache.tidy(leg, image, version);
    }

    @Override
    public void keep(LegId leg, String layer) {
        cache.keep(leg, layer);
    }

    @Override
    public void discard(LegId leg) {
        cache.discard(leg);
    }

    @Override
    public void removeLeftovers() {
        cache.removeLeftovers();
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
