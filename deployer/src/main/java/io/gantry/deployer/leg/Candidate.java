package io.gantry.deployer.leg;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instance on its way to serve. A service is registered once it is verified; a job, which is verified by its end, before. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Withdrawing.class, name = "withdrawing"),
    @JsonSubTypes.Type(value = Stopping.class, name = "stopping"),
    @JsonSubTypes.Type(value = Reviving.class, name = "reviving"),
    @JsonSubTypes.Type(value = Placing.class, name = "placing"),
    @JsonSubTypes.Type(value = Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = Verifying.class, name = "verifying"),
    @JsonSubTypes.Type(value = Registering.class, name = "registering"),
    @JsonSubTypes.Type(value = Serving.class, name = "serving"),
    @JsonSubTypes.Type(value = Broken.class, name = "broken")
})
public sealed interface Candidate permits InPlace, Placing, Starting, Verifying, Registering, Serving, Broken {
    Attempt attempt();

    /** The step that follows, with what it brings about; the same step where the input is nothing to it. */
    Progress on(Input input, Course course);

    ServiceState state();

    Instant due();

    /** What there is to be removed if the rollout is undone; nothing before a node was named. */
    @Nullable
    Leaver leaver();

    default InstanceId id() {
        return attempt().instance();
    }

    default Progress stays() {
        return new Progress(this, List.of());
    }

    default boolean isOverdue(Course course) {
        return !course.now().isBefore(due());
    }
}
