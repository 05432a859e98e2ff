package io.gantry.deployer.work;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;

/** A piece of work, and the leg it is for; stored as JSON. */
record Assignment(
        LegId leg,

        @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "work")
        Work work) {
    /** The same work for the same leg is the same assignment. */
    String key() {
        return leg + "/" + work.key();
    }
}
