package io.gantry.deployer.work;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;

/** Hears of each try of a piece of work, so that whoever waits for it can be told. */
public interface Attendance {
    /** @param number of the try, from 1 */
    void begun(LegId leg, Work work, int number);

    /** Another try follows. */
    void failed(LegId leg, Work work, String reason);
}
