package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Problem;

/** How a verb ends, for scripts. */
public enum ExitCode {
    OK(0, "Done."),
    FAILED(1, "It failed; the report says why."),
    USAGE(2, "The command line, the bundle or its config.json is not as it should be."),
    NOT_FOUND(3, "There is no such app, service, deployment or schedule."),
    NOT_AUTHORISED(4, "You may not do that."),
    CONFLICT(5, "It does not fit what is there, or what is in progress."),
    NO_CAPACITY(6, "No node has room for it."),
    TIMED_OUT(7, "The time given by --timeout is over; what was asked for goes on."),
    UNHEALTHY(8, "It was started, did not become healthy, and was taken back; what ran before goes on."),
    UNREACHABLE(69, "The platform does not answer."),
    INTERRUPTED(130, "Interrupted by Ctrl-C; what was asked for goes on.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    static ExitCode of(Problem problem) {
        return switch (problem.status()) {
            case 400, 405, 411, 413, 415, 422 -> USAGE;
            case 401, 403 -> NOT_AUTHORISED;
            case 404, 410 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 429, 507 -> NO_CAPACITY;
            case 502, 503, 504 -> UNREACHABLE;
            default -> FAILED;
        };
    }
}
