package io.gantry.contract.manifest;

import java.util.Objects;

/**
 * How an instance is asked to end.
 *
 * @param timeout after which it is killed
 * @param drain how long it goes on serving those who hold its address, once others serve in its place and nobody is given
 *     its address any more
 */
public record Stop(String signal, TimeSpan timeout, TimeSpan drain) {
    private static final TimeSpan STANDARD_DRAIN = TimeSpan.seconds(2);

    /** What was written before there was such a thing says nothing of draining. */
    public Stop {
        drain = Objects.requireNonNullElse(drain, STANDARD_DRAIN);
    }
}
