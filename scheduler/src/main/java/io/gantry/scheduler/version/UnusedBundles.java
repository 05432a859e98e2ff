package io.gantry.scheduler.version;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes bundles that no version has: what is left of an upload whose scheduler died before it could enter the version. */
@Component
class UnusedBundles {
    private static final Duration LEFT_ALONE = Duration.ofDays(1);

    private final Bundles bundles;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    UnusedBundles(Bundles bundles, TransactionTemplate transaction, InstantSource clock) {
        this.bundles = bundles;
        this.transaction = transaction;
        this.clock = clock;
    }

    void remove() {
        removeStoredBefore(clock.instant().minus(LEFT_ALONE));
    }

    /** An upload of the same bytes may go on meanwhile: it puts them again when its turn comes. */
    void removeStoredBefore(Instant instant) {
        bundles.storedBefore(instant)
                .forEach(sha256 -> transaction.executeWithoutResult(_ -> bundles.removeIfUnused(sha256)));
    }
}
