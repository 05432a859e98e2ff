package io.gantry.nodemanager.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import java.time.Instant;

/**
 * One line that an instance wrote.
 *
 * @param at when, by its engine's clock
 * @param text without line end and without anything that a terminal or a page would take for more than text
 */
public record LogLine(InstanceId instance, ServiceName service, Instant at, Source stream, String text) {
    /** Which of its two streams an instance wrote to. */
    public enum Source {
        @JsonProperty("stdout")
        OUT,
        @JsonProperty("stderr")
        ERR
    }
}
