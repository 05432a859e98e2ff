package io.gantry.bootstrapper.session;

import io.gantry.contract.manifest.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and for how long what was asked for is waited for. */
public final class Waiting {
    @Option(
            names = {"-w", "--wait"},
            description = "Follow it to its end; the exit code says how it ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Wait no longer than this, as in 90s or 10m; it goes on all the same.")
    private @Nullable TimeSpan timeout;

    public boolean wanted() {
        return wait || timeout != null;
    }

    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout).map(TimeSpan::value);
    }
}
