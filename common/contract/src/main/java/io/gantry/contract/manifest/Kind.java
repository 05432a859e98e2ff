package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a service is to the platform. */
public enum Kind {
    /** Listens on a port and answers for ever. */
    @JsonProperty("service")
    SERVICE,
    /** Runs for ever, listens on no port. */
    @JsonProperty("worker")
    WORKER,
    /** An AI model served over HTTP. */
    @JsonProperty("model")
    MODEL,
    /** Runs to its end. */
    @JsonProperty("job")
    JOB
}
