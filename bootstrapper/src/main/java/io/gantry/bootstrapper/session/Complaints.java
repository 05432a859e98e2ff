package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Problem;
import io.gantry.bootstrapper.platform.RefusedException;
import io.gantry.bootstrapper.platform.UnreachableException;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.bundle.BundleRefused;
import io.gantry.fleet.file.FleetRefused;
import io.gantry.machines.MachineFailure;
import io.gantry.storage.BlobStoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Says what went wrong and what to do about it, and chooses the exit code. */
public final class Complaints {
    private static final String GO_ON = "When that is mended, say it again: it goes on where it broke off.";
    private final Session session;

    public Complaints(Session session) {
        this.session = session;
    }

    /** @return the exit code */
    public int about(Exception exception) {
        return switch (exception) {
            case RefusedException refused -> refused(refused.problem());
            case UnreachableException gone ->
                complain(
                        ExitCode.UNREACHABLE,
                        "PLATFORM_UNREACHABLE",
                        messageOf(gone),
                        session.destination().whereNobodyAnswers());
            case GaveUpException gaveUp ->
                complain(gaveUp.exitCode(), gaveUp.exitCode().name(), messageOf(gaveUp), gaveUp.advice());
            case BundleRefused refused -> refused(problem(refused));
            case FleetRefused refused -> refused(problem(refused));
            case MachineFailure failure ->
                complain(ExitCode.FAILED, failure.reason().name(), messageOf(failure), GO_ON);
            case BlobStoreUnavailable gone -> complain(ExitCode.FAILED, "BLOB_STORAGE", messageOf(gone), GO_ON);
            case IOException io -> complain(ExitCode.FAILED, "IO", io.toString(), "");
            case UncheckedIOException io -> complain(ExitCode.FAILED, "IO", messageOf(io) + ": " + io.getCause(), "");
            case InterruptedException _ -> ExitCode.INTERRUPTED.number();
            default -> bug(exception);
        };
    }

    /** A bundle looked at here is refused in the words that the platform would use. */
    private static Problem problem(BundleRefused refused) {
        var fields = refused.problems().stream()
                .map(problem -> new Problem.FieldProblem(problem.pointer(), problem.message()))
                .toList();
        return new Problem(422, refused.refusal().name(), null, refused.getMessage(), fields);
    }

    private static Problem problem(FleetRefused refused) {
        var fields = refused.problems().stream()
                .map(problem -> new Problem.FieldProblem(
                        "%s:%d:%d %s".formatted(refused.file(), problem.line(), problem.column(), problem.pointer()),
                        problem.message()))
                .toList();
        return new Problem(422, "INVALID_FLEET", null, "%s is not as it should be".formatted(refused.file()), fields);
    }

    private int refused(Problem problem) {
        if (session.json()) {
            session.terminal().say(session.tree(problem).toPrettyString());
        } else {
            error(problem.code(), problem.sentence());
            problem.fields()
                    .forEach(field -> session.terminal().say("  %s: %s".formatted(field.pointer(), field.message())));
            if (ExitCode.of(problem) == ExitCode.NOT_AUTHORISED) {
                session.terminal().say(session.destination().whereNotAuthorised());
            }
        }
        return ExitCode.of(problem).number();
    }

    /** The command line was not understood, and JSON was asked for. */
    public int misuse(String message, String advice) {
        return sayAsJson(ExitCode.USAGE, ExitCode.USAGE.name(), message, advice);
    }

    private int sayAsJson(ExitCode exitCode, String code, String message, String advice) {
        session.terminal()
                .say(session.tree(Map.of("code", code, "detail", message, "advice", advice))
                        .toPrettyString());
        return exitCode.number();
    }

    private int complain(ExitCode exitCode, String code, String message, String advice) {
        if (session.json()) {
            return sayAsJson(exitCode, code, message, advice);
        }
        error(code, message);
        if (!advice.isEmpty()) {
            session.terminal().say(advice);
        }
        return exitCode.number();
    }

    private int bug(Exception exception) {
        exception.printStackTrace(session.terminal().err());
        return complain(ExitCode.FAILED, "INTERNAL", "This is a bug of the command line", "");
    }

    private void error(String code, String message) {
        Terminal terminal = session.terminal();
        terminal.say(terminal.bad("error") + " " + terminal.bold(code) + " " + message);
    }

    private static String messageOf(Exception exception) {
        return String.valueOf(exception.getMessage());
    }
}
