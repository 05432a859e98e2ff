package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a service's image is built upon. */
public enum AppRuntime {
    @JsonProperty("python")
    PYTHON,
    @JsonProperty("node")
    NODE,
    @JsonProperty("java")
    JAVA,
    /** Files, served over HTTP. */
    @JsonProperty("static")
    STATIC,
    /** A Dockerfile of the developer's own, at the top of the bundle. */
    @JsonProperty("dockerfile")
    DOCKERFILE
}
