package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Waiting;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether and how to follow a deployment to its end. */
final class WaitOptions {
    @Mixin
    private final Waiting waiting = new Waiting();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the build log while it is written.")
    private boolean verbose;

    boolean wanted() {
        return waiting.wanted() || verbose;
    }

    Optional<Duration> timeout() {
        return waiting.timeout();
    }

    boolean verbose() {
        return verbose;
    }
}
