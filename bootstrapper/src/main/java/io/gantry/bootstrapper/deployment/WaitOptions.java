package io.gantry.bootstrapper.deployment;

import io.gantry.contract.manifest.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how to follow a deployment to its end. */
final class WaitOptions {
    @Option(
            names = {"-w", "--wait"},
            description = "Follow it to its end; the exit code says how it ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Wait no longer than this, as in 90s or 10m; it goes on all the same.")
    private @Nullable TimeSpan timeout;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the build log while it is written.")
    private boolean verbose;

    boolean wanted() {
        return wait || timeout != null || verbose;
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout).map(TimeSpan::value);
    }

    boolean verbose() {
        return verbose;
    }
}
