package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an instance counts as healthy.
 *
 * @param path asked by GET, healthy when it answers 2xx or 3xx; none: a TCP connection to the port is enough
 * @param gracePeriod how long after its start an instance may stay unhealthy
 * @param healthyAfter how many good answers in a row
 * @param unhealthyAfter how many bad answers in a row, of one that was healthy, are too many
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Health(
        @Nullable String path,
        TimeSpan interval,
        TimeSpan timeout,
        TimeSpan gracePeriod,
        int healthyAfter,
        Integer unhealthyAfter) {
    private static final int STANDARD_UNHEALTHY_AFTER = 3;

    /** What was written before there was such a thing says nothing of when an instance is unhealthy. */
    public Health {
        unhealthyAfter = Objects.requireNonNullElse(unhealthyAfter, STANDARD_UNHEALTHY_AFTER);
    }
}
