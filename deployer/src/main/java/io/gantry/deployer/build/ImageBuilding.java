package io.gantry.deployer.build;

import com.github.dockerjava.api.exception.DockerException;
import io.gantry.bundle.BundleRefused;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.deployer.build.ImageBuilder.Built;
import io.gantry.deployer.build.ImageBuilder.Plan;
import io.gantry.deployer.leg.Building;
import io.gantry.deployer.leg.Input;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.EngineRefusal;
import io.gantry.deployer.node.FullDisk;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import io.gantry.storage.NoSuchBlob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fetches the bundle of a leg and builds its image. */
@Component
class ImageBuilding implements Performer<Work.BuildImage> {
    private final Legs legs;
    private final Bundles bundles;
    private final DockerfileTemplate template;
    private final ImageBuilder builder;
    private final BuildRecipes recipes;
    private final BuildLogs logs;
    private final BuildSettings settings;
    private final Nodes nodes;

    ImageBuilding(
            Legs legs,
            Bundles bundles,
            DockerfileTemplate template,
            ImageBuilder builder,
            BuildRecipes recipes,
            BuildLogs logs,
            BuildSettings settings,
            Nodes nodes) {
        this.legs = legs;
        this.bundles = bundles;
        this.template = template;
        this.builder = builder;
        this.recipes = recipes;
        this.logs = logs;
        this.settings = settings;
        this.nodes = nodes;
    }

    @Override
    public Class<Work.BuildImage> kind() {
        return Work.BuildImage.class;
    }

    @Override
    public void perform(LegId leg, Work.BuildImage work) throws InterruptedException {
        legs.advance(leg, new Input.BuildBegan());
        Leg begun = legs.find(leg).orElseThrow();
        if (begun.stage() instanceof Building) {
            build(leg, begun.order().named());
        }
    }

    private void build(LegId leg, Release release) throws InterruptedException {
        BuildLogs.Writer log = logs.of(leg);
        try (Bundles.Fetched fetched = bundles.fetch(release.bundle())) {
            Dockerfile dockerfile = template.of(leg, release, fetched.bundle());
            AppRuntime runtime = release.manifest().runtime();
            Plan plan =
                    new Plan(BuildContext.tar(fetched.bundle(), runtime, dockerfile), dockerfile, labels(leg, release));
            Built built = builder.build(plan, new Watch(leg, log));
            log.end();
            conclude(leg, release, dockerfile, built, log);
        } catch (BundleRefused refused) {
            fail(leg, log, FailureKind.REQUEST, refused.refusal().name(), String.valueOf(refused.getMessage()));
        } catch (BuildRefused refused) {
            fail(leg, log, FailureKind.REQUEST, refused.code(), String.valueOf(refused.getMessage()));
        } catch (NoSuchBlob gone) {
            fail(
                    leg,
                    log,
                    FailureKind.EXTERNAL,
                    "BUNDLE_MISSING",
                    "The bundle is not in blob storage: upload it again.");
        } catch (IOException broken) {
            throw new UncheckedIOException("Building " + leg, broken);
        }
    }

    private void conclude(LegId leg, Release release, Dockerfile dockerfile, Built built, BuildLogs.Writer log) {
        switch (built) {
            case Built.Succeeded(var image, var dependencies) -> {
                LocalImage local = new LocalImage(image, recipes.of(release), dockerfile.text(), dependencies);
                if (!legs.advance(leg, new Input.BuildSucceeded(local))) {
                    builder.tidy(leg, local, release.version());
                }
            }
            case Built.Failed failed -> {
                Failure failure = log.lastLines().stream()
                        .filter(FullDisk::isWhy)
                        .findFirst()
                        .map(this::fullDisk)
                        .orElseGet(() -> failure(release, failed));
                legs.advance(leg, new Input.BuildFailed(failure.withLog(log.lastLines())));
                keep(leg, failed.lastLayer());
            }
            case Built.Stopped(var lastLayer) -> keep(leg, lastLayer);
        }
    }

    /** Whatever got built serves the next try as cache. */
    private void keep(LegId leg, @Nullable String layer) {
        if (layer != null) {
            builder.keep(leg, layer);
        }
    }

    /** The first step of a Dockerfile that we wrote is to find the base image, which is ours to provide. */
    private Failure failure(Release release, Built.Failed failed) {
        boolean ours = release.manifest().runtime() != AppRuntime.DOCKERFILE;
        return ours && failed.step() <= 1
                ? Failure.of(
                        FailureKind.EXTERNAL,
                        "BASE_IMAGE_MISSING",
                        "The build engine can't start from the base image: " + failed.reason())
                : Failure.of(FailureKind.REQUEST, "BUILD_FAILED", "The image could not be built: " + failed.reason());
    }

    private void fail(LegId leg, BuildLogs.Writer log, FailureKind kind, String code, String sentence) {
        log.end();
        legs.advance(leg, new Input.BuildFailed(Failure.of(kind, code, sentence)));
    }

    /** A Dockerfile that we wrote says them itself. */
    private Map<String, String> labels(LegId leg, Release release) {
        return release.manifest().runtime() == AppRuntime.DOCKERFILE ? template.labels(leg, release) : Map.of();
    }

    @Override
    public void giveUp(LegId leg, Work.BuildImage work, Throwable cause) {
        String reason =
                cause instanceof DockerException refused ? EngineRefusal.sentence(refused) : Performer.reason(cause);
        Failure failure = FullDisk.isWhy(reason)
                ? fullDisk(reason)
                : Failure.of(FailureKind.EXTERNAL, "BUILD_NOT_POSSIBLE", "The image could not be built now: " + reason);
        legs.advance(leg, new Input.BuildFailed(failure));
    }

    private Failure fullDisk(String said) {
        return Failure.of(
                FailureKind.EXTERNAL,
                "BUILD_DISK_FULL",
                "The image could not be built on %s: %s".formatted(machine(), FullDisk.sentence(said)));
    }

    /** The machine whose engine builds, by its name where it has one. */
    private String machine() {
        return nodes.all().stream()
                .filter(node -> node.engine().equals(settings.engine()))
                .map(node -> node.id().value())
                .findFirst()
                .orElseGet(() -> "the machine of " + settings.engine());
    }

    private final class Watch implements BuildWatch {
        private final LegId leg;
        private final BuildLogs.Writer log;

        Watch(LegId leg, BuildLogs.Writer log) {
            this.leg = leg;
            this.log = log;
        }

        @Override
        public void onLines(List<String> lines) {
            log.write(lines);
        }

        @Override
        public boolean isWanted() {
            return legs.find(leg).filter(now -> now.stage() instanceof Building).isPresent();
        }
    }
}
