package io.gantry.lifecyclemanager.capacity;

import io.gantry.fleet.Pool;
import io.gantry.lifecyclemanager.pool.PoolMachine;
import org.jspecify.annotations.Nullable;

/**
 * How capacity stands.
 *
 * @param standing a sentence
 * @param decision what is to be done now; none: nothing
 */
record Verdict(String standing, @Nullable Decision decision) {
    static Verdict nothing(String standing) {
        return new Verdict(standing, null);
    }

    static Verdict to(Decision decision, String reason) {
        return new Verdict(reason, decision);
    }

    /** One machine comes or goes. */
    sealed interface Decision {
        record Add(Pool pool) implements Decision {}

        record Drain(PoolMachine machine) implements Decision {}

        record Keep(PoolMachine machine) implements Decision {}

        record Remove(PoolMachine machine) implements Decision {}
    }
}
