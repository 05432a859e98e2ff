package io.gantry.deployer.leg;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import java.time.Instant;

/** How far a leg has come, with exactly what is needed to go on from there. Stored as JSON under these names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "stage")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = AwaitingBuild.class, name = "awaiting-build"),
    @JsonSubTypes.Type(value = Building.class, name = "building"),
    @JsonSubTypes.Type(value = Pushing.class, name = "pushing"),
    @JsonSubTypes.Type(value = RollingOut.class, name = "rolling-out"),
    @JsonSubTypes.Type(value = Retiring.class, name = "retiring"),
    @JsonSubTypes.Type(value = Ended.Built.class, name = "built"),
    @JsonSubTypes.Type(value = Ended.Running.class, name = "running"),
    @JsonSubTypes.Type(value = Ended.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = Ended.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Ended.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Ended.TimedOut.class, name = "timed-out")
})
public sealed interface Stage permits Queued, AwaitingBuild, Building, Pushing, RollingOut, Retiring, Ended {
    Transition on(Input input, Order order, Moment moment);

    Status status();

    /** When an {@link Input.Alarm} is due if nothing happens before. */
    Instant due(Order order);

    default Transition unchanged() {
        return Transition.to(this);
    }

    /** The end of a leg whose deadline passed in this stage. */
    default Ended timedOut() {
        String detail = status().detail();
        String sentence = "The deadline passed while the service was %s%s."
                .formatted(status().state(), detail == null ? "" : ": " + detail);
        return new Ended.TimedOut(Failure.of(FailureKind.EXTERNAL, "DEADLINE_PASSED", sentence));
    }
}
