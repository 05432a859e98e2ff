package io.gantry.testkit.azure;

/** What goes wrong once, at the request that it is meant for. */
public sealed interface Mishap {
    /** It is refused. */
    record Refused(int status, String code, String message, int retryAfterSeconds) implements Mishap {}

    /** It is begun, and fails later. */
    record FailsLater(String code, String message) implements Mishap {}

    /** It is begun, and takes so many questions longer. */
    record Slow(int polls) implements Mishap {}

    /** It is begun, and asked after at an address of 4 KB. */
    record LongAddress() implements Mishap {}

    /** It is done, and nobody is told: the connection ends. */
    record AnswerLost() implements Mishap {}

    static Mishap tooMany() {
        return new Refused(429, "TooManyRequests", "The request is being throttled.", 1);
    }

    static Mishap broken() {
        return new Refused(500, "InternalServerError", "Something went wrong here.", 0);
    }

    static Mishap refused(int status, String code, String message) {
        return new Refused(status, code, message, 0);
    }

    static Mishap failsLater(String code, String message) {
        return new FailsLater(code, message);
    }
}
