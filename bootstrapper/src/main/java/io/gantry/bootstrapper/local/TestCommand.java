package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry test}: the launcher's own verb. It is here to be found in help and completion. */
@Command(
        name = "test",
        customSynopsis = {
            "gantry test [-h] [MAVEN-ARGUMENT...]",
            "gantry test --chaos [--seed N] [--minutes N] [MAVEN-ARGUMENT...]"
        },
        description = "Run all tests of Gantry itself, and install what they need (done by the launcher, ./gantry).",
        footer = {
            "%nWhat follows the verb is handed on to Maven; to test the scheduler alone:",
            "  gantry test -pl scheduler -am",
            "%nWith --chaos, the crash tests instead of all: each step of a deployment is ended by the death of the process",
            "that takes it; then some developers are at work for --minutes (10), while parts of the platform are killed,",
            "frozen and paused by chance. The seed is said; --seed makes the same choices again."
        })
public final class TestCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new GaveUpException(
                ExitCode.USAGE, "The launcher runs the tests", "Use the launcher of your checkout: ./gantry test");
    }
}
