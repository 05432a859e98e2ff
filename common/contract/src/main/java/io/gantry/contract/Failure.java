package io.gantry.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, told to whoever asked for it.
 *
 * @param code stable, upper case with underscores: {@code HEALTH_CHECK_FAILED}
 * @param message a sentence that says what to do next
 * @param exitCode of the container's first process, where a container ended
 * @param oomKilled whether the container ran out of its memory limit, as its engine says or all speaks for: the message tells which
 * @param lastProbe what the last health check answered: {@code HTTP 503}, {@code connection refused}
 * @param log the container's last lines, or the build's, 50 at most
 */
public record Failure(
        FailureKind kind,
        String code,
        String message,
        @Nullable Integer exitCode,
        boolean oomKilled,
        @Nullable String lastProbe,
        List<String> log) {
    public static final int LOG_LINES = 50;

    public Failure {
        log = List.copyOf(log);
    }

    public static Failure of(FailureKind kind, String code, String message) {
        return new Failure(kind, code, message, null, false, null, List.of());
    }

    public Failure withLog(List<String> lines) {
        return new Failure(kind, code, message, exitCode, oomKilled, lastProbe, lines);
    }
}
