package io.gantry.acceptance.crash.weaving;

import io.gantry.acceptance.crash.woven.Rule;
import java.util.List;

/**
 * The method by which the product keeps a rule.
 *
 * @param type its class, as the JVM writes it
 * @param argument the place of the one that says what it is about, where {@link Broken#TOO_LATE}
 */
record Keeper(Rule rule, String type, String method, Broken broken, int argument) {
    /** What becomes of the method while the rule is broken. */
    enum Broken {
        /** It does nothing. */
        LEFT_OUT,
        /** It answers yes, whatever it finds. */
        YES,
        /** It does what it does, but the harm is done before. */
        TOO_LATE
    }

    static final List<Keeper> ALL = List.of(
            new Keeper(Rule.INBOX, Place.INBOX, "isNew", Broken.YES, 0),
            new Keeper(Rule.COMMIT_FIRST, Place.INBOX, "invoke", Broken.TOO_LATE, 1),
            new Keeper(Rule.ONE_NAME, "io/gantry/deployer/rollout/ContainerStarts", "create", Broken.TOO_LATE, 3),
            new Keeper(Rule.FENCING, "io/gantry/lifecyclemanager/lease/Lease", "require", Broken.LEFT_OUT, 0));
}
