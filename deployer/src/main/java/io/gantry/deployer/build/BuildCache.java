package io.gantry.deployer.build;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PruneType;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.deployer.registry.ContainerRegistry;
import io.gantry.remote.Labels;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What stays of builds on the engine that builds. Its cache are the layers that some tagged image stands upon; so what is to be kept
 * of a build gets a tag under {@code gantry-cache}, and all else is removed. Several platforms may build on one engine, and have apps of one
 * name: the tag begins with the fleet.
 */
@Component
class BuildCache {
    private static final String CACHE = "gantry-cache";

    private final BuildEngine engine;
    private final BuildSettings settings;
    private final ContainerRegistry registry;
    private final String fleet;
    private final InstantSource clock;

    BuildCache(
            BuildEngine engine,
            BuildSettings settings,
            ContainerRegistry registry,
            FleetSettings fleet,
            InstantSource clock) {
        this.engine = engine;
        this.settings = settings;
        this.registry = registry;
        this.fleet = fleet.fleet();
        this.clock = clock;
    }

    /** As {@link ImageBuilder#tidy}. */
    boolean tidy(LegId leg, LocalImage image, int version) {
        boolean there = isThere(image);
        keep(leg, image.dependencies() == null ? image.id() : image.dependencies());
        remove(registry.repository(leg) + ":" + version);
        remove(image.id());
        return there;
    }

    private boolean isThere(LocalImage image) {
        try {
            engine.docker().inspectImageCmd(image.id()).exec();
            return true;
        } catch (NotFoundException elsewhere) {
            return false;
        }
    }

    /** As {@link ImageBuilder#keep}. */
    void keep(LegId leg, String layer) {
        String repository = cache(leg);
        try {
            engine.docker().tagImageCmd(layer, repository, tagOf(layer)).exec();
        } catch (NotFoundException gone) {
            return;
        }
        imagesIn(repository).stream()
                .sorted(Comparator.comparing(Image::getCreated).reversed())
                .filter(cache -> !cache.getId().contains(layer))
                .skip(Math.max(0, settings.cachesKept() - 1))
                .flatMap(cache -> tagsIn(repository, cache))
                .forEach(this::remove);
        removeFormer(leg);
    }

    private String cache(LegId leg) {
        return "%s/%s/%s/%s".formatted(CACHE, fleet.toLowerCase(Locale.ROOT), leg.app(), leg.service());
    }

    /**
     * What has a tag as it was before it was told apart by fleet, and says that it is this fleet's. What does not say whose it is, the last
     * layer of a failed build by an own Dockerfile, may be another's, and stays.
     */
    private void removeFormer(LegId leg) {
        String former = "%s/%s/%s".formatted(CACHE, leg.app(), leg.service());
        engine
                .docker()
                .listImagesCmd()
                .withReferenceFilter(former)
                .withLabelFilter(Map.of(Labels.FLEET, fleet))
                .exec()
                .stream()
                .flatMap(image -> tagsIn(former, image))
                .forEach(this::remove);
    }

    private static String tagOf(String layer) {
        String hex = layer.substring(layer.indexOf(':') + 1);
        return hex.substring(0, Math.min(12, hex.length()));
    }

    /** As {@link ImageBuilder#discard}. */
    void discard(LegId leg) {
        for (String repository : List.of(registry.repository(leg), cache(leg))) {
            imagesIn(repository).stream()
                    .flatMap(image -> tagsIn(repository, image))
                    .forEach(this::remove);
        }
        removeFormer(leg);
    }

    /** An image that was pulled has a digest for a name, and may have no tag at all. */
    private static Stream<String> tagsIn(String repository, Image image) {
        String[] tags = image.getRepoTags();
        return tags == null ? Stream.empty() : Arrays.stream(tags).filter(tag -> tag.startsWith(repository + ":"));
    }

    private List<Image> imagesIn(String repository) {
        return engine.docker().listImagesCmd().withReferenceFilter(repository).exec();
    }

    /** An image that is gone is as good as removed; one that a container runs from is none of the build's any more. */
    private void remove(String image) {
        try {
            engine.docker().removeImageCmd(image).exec();
        } catch (NotFoundException | ConflictException notOurs) {
            return;
        }
    }

    /** As {@link ImageBuilder#removeLeftovers}. */
    void removeLeftovers() {
        engine.docker()
                .pruneCmd(PruneType.IMAGES)
                .withDangling(true)
                .withLabelFilter(Labels.FLEET + "=" + fleet)
                .withUntilFilter(Long.toString(
                        clock.instant().minus(settings.leftoversKept()).getEpochSecond()))
                .exec();
    }
}
