package io.gantry.deployer.work;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work, and the leg it is for; stored as JSON.
 *
 * @param trace what was being done when it was put on the agenda, as {@code traceparent}: whoever does it goes on with that
 *     trace
 */
record Assignment(
        LegId leg,

        @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "work")
        Work work,

        @Nullable String trace) {
    /** The same work for the same leg is the same assignment. */
    String key() {
        return leg + "/" + work.key();
    }
}
