package io.gantry.deployer.work;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;

/** Does one kind of work. It may be called again after it was done, or done half. */
public interface Performer<W extends Work> {
    Class<W> kind();

    /** Tells the leg itself what came of it. What it throws is tried again after a while. */
    void perform(LegId leg, W work) throws InterruptedException;

    /** Tells the leg that every try has failed. */
    void giveUp(LegId leg, W work, String reason);
}
