package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where machines come from. */
public enum Provider {
    /** Containers on this computer, each with an SSH server and a Docker Engine of its own. */
    @JsonProperty("local")
    LOCAL,
    /** Hosts that are there already. */
    @JsonProperty("static")
    STATIC,
    /** Virtual machines of Azure. */
    @JsonProperty("azure")
    AZURE
}
