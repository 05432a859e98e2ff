package io.gantry.bootstrapper.fleet;

import io.gantry.machines.MachineFailure;
import io.gantry.storage.BlobStoreUnavailable;
import java.util.function.Consumer;

/**
 * Work that stands on the services that the fleet began with, one of which may die meanwhile. Its machine's engine starts it
 * again: it is waited for, and the work, which looks what is there already, done again; a few times, not for ever.
 */
final class Standing {
    private static final int TRIES = 3;

    private final Runnable untilItAnswers;
    private final Consumer<String> telling;

    /**
     * @param untilItAnswers waits for the services, and throws if one does not come back
     * @param telling is told why the work is done again
     */
    Standing(Runnable untilItAnswers, Consumer<String> telling) {
        this.untilItAnswers = untilItAnswers;
        this.telling = telling;
    }

    /** @throws RuntimeException what the work threw last, or what waiting threw */
    void run(Runnable work) {
        for (int left = TRIES - 1; left > 0; left--) {
            try {
                work.run();
                return;
            } catch (BlobStoreUnavailable failure) {
                tellAndWait(failure);
            } catch (MachineFailure failure) {
                if (failure.reason() != MachineFailure.Reason.COMMAND_FAILED) {
                    throw failure;
                }
                tellAndWait(failure);
            }
        }
        work.run();
    }

    private void tellAndWait(RuntimeException failure) {
        telling.accept(String.valueOf(failure.getMessage()));
        untilItAnswers.run();
    }
}
