package io.gantry.bootstrapper.session;

/** The command line itself ends a verb, and says what to do next. */
public final class GaveUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String advice;

    public GaveUpException(ExitCode exitCode, String problem, String advice) {
        super(problem);
        this.exitCode = exitCode;
        this.advice = advice;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String advice() {
        return advice;
    }
}
