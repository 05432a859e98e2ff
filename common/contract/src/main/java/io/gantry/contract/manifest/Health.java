package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * When an instance counts as healthy.
 *
 * @param path asked by GET, healthy when it answers 2xx or 3xx; none: a TCP connection to the port is enough
 * @param gracePeriod how long after its start an instance may stay unhealthy
 * @param healthyAfter how many good answers in a row
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Health(
        @Nullable String path, TimeSpan interval, TimeSpan timeout, TimeSpan gracePeriod, int healthyAfter) {}
