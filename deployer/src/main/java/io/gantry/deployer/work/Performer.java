package io.gantry.deployer.work;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;

/** Does one kind of work. It may be called again after it was done, or done half. */
public interface Performer<W extends Work> {
    Class<W> kind();

    /** Tells the leg itself what came of it. What it throws is tried again after a while. */
    void perform(LegId leg, W work) throws InterruptedException;

    /** Whether a leg waits for it. What nobody waits for is tried for hours before it is given up. */
    default boolean isAwaited() {
        return true;
    }

    /** Whether hours would change nothing about it. Then it is tried as often as what a leg waits for, and no more. */
    default boolean isLasting(Throwable failure) {
        return false;
    }

    /** Tells the leg that every try has failed, the last one of this. */
    void giveUp(LegId leg, W work, Throwable cause);

    /** What went wrong, in words. */
    static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        Throwable cause = failure.getCause();
        return cause == null || message.contains(String.valueOf(cause.getMessage()))
                ? message
                : message + ": " + cause.getMessage();
    }
}
