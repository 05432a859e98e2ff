package io.gantry.deployer.build;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds and pushes images. Every call may safely be repeated. */
interface ImageBuilder {
    /** @return once the build has ended, one way or the other */
    Built build(Plan plan, BuildWatch watch) throws InterruptedException;

    Pushed push(LegId leg, LocalImage image, int version) throws InterruptedException;

    /**
     * Leaves nothing of a build but its cache, and only so many caches of one service.
     *
     * @return whether the engine had the image
     */
    boolean tidy(LegId leg, LocalImage image, int version);

    /** Keeps what a failed or stopped build has achieved as cache for the next. */
    void keep(LegId leg, String layer);

    /** Leaves nothing of a service, its cache neither. Not to be called while an image of it is in the making. */
    void discard(LegId leg);

    /** Removes what builds left that nobody could tidy up after. */
    void removeLeftovers();

    /**
     * @param context a tar; read once
     * @param labels of the image, besides those in the Dockerfile
     */
    record Plan(InputStream context, Dockerfile dockerfile, Map<String, String> labels) {}

    /** How a build ended. */
    sealed interface Built {
        /** @param dependencies the layer before the service's code, if it is known */
        record Succeeded(String image, @Nullable String dependencies) implements Built {}

        /** @param lastLayer what it had built until then, if anything */
        record Failed(String reason, int step, @Nullable String lastLayer) implements Built {}

        record Stopped(@Nullable String lastLayer) implements Built {}
    }

    /** How a push ended. */
    sealed interface Pushed {
        /** @param reference by digest */
        record As(String reference) implements Pushed {}

        /** The engine does not have the image: it was built on another one, or was removed. */
        record NothingToPush() implements Pushed {}

        record Refused(String reason) implements Pushed {}
    }
}
