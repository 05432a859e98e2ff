package io.gantry.deployer.build;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.request.Legs;
import io.gantry.deployer.work.Performer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leaves the build engine with nothing of a build but its cache; that is up to a deployer whose engine built it. An engine that is away
 * comes back. If nobody had the image in as many tries as a push has, it was on a machine that is gone, or was tidied up already: it is
 * given up, for discards wait for it.
 */
@Component
class BuildTidying implements Performer<Work.TidyBuild> {
    private static final Logger log = LoggerFactory.getLogger(BuildTidying.class);

    private final Legs legs;
    private final ImageBuilder builder;

    BuildTidying(Legs legs, ImageBuilder builder) {
        this.legs = legs;
        this.builder = builder;
    }

    @Override
    public Class<Work.TidyBuild> kind() {
        return Work.TidyBuild.class;
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    @Override
    public boolean isLasting(Throwable failure) {
        return failure instanceof NotOnThisEngine;
    }

    @Override
    public void perform(LegId leg, Work.TidyBuild work) {
        int version = legs.find(leg).orElseThrow().order().named().version();
        if (!builder.tidy(leg, work.image(), version)) {
            throw new NotOnThisEngine(work.image());
        }
    }

    @Override
    public void giveUp(LegId leg, Work.TidyBuild work, Throwable cause) {
        log.warn(
                "The image {} of {} stays on the build engine: {}", work.image().id(), leg, Performer.reason(cause));
    }
}
