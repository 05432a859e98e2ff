package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells how a deployment ended: where it is reached, or what failed and what to do next. */
final class Ending {
    private static final String UNHEALTHY = "HEALTH_CHECK_FAILED";

    private final Terminal terminal;

    Ending(Session session) {
        this.terminal = session.terminal();
    }

    void tell(Deployment deployment) {
        tellFailures(deployment);
        terminal.say(verdict(deployment));
    }

    void tellFailures(Deployment deployment) {
        deployment.services().forEach(this::tellFailure);
    }

    /** What a script wants to go on with: the address, or the images that were built. */
    static List<String> results(Deployment deployment) {
        if (deployment.state() != DeploymentState.SUCCEEDED) {
            return List.of();
        }
        return switch (deployment.mode()) {
            case BUILD ->
                deployment.services().stream()
                        .map(Deployment.Service::image)
                        .filter(Objects::nonNull)
                        .toList();
            case STOP -> List.of();
            case RUN, BUILD_AND_RUN, SCALE_UP, SCALE_DOWN, RESTART, REVIVE, MOVE ->
                Stream.ofNullable(deployment.url()).toList();
        };
    }

    static ExitCode exitCode(Deployment deployment) {
        if (deployment.state() == DeploymentState.SUCCEEDED) {
            return ExitCode.OK;
        }
        List<Failure> failures = deployment.services().stream()
                .map(Deployment.Service::failure)
                .filter(Objects::nonNull)
                .toList();
        if (failures.stream().anyMatch(failure -> failure.kind() == FailureKind.CAPACITY)) {
            return ExitCode.NO_CAPACITY;
        }
        boolean unhealthy = failures.stream().anyMatch(failure -> failure.code().equals(UNHEALTHY));
        return unhealthy ? ExitCode.UNHEALTHY : ExitCode.FAILED;
    }

    private String verdict(Deployment deployment) {
        String after = deployment.finishedAt() == null
                ? ""
                : " after " + Ages.exact(Duration.between(deployment.requestedAt(), deployment.finishedAt()));
        return deployment.app() + " " + outcome(deployment) + after;
    }

    private String outcome(Deployment deployment) {
        return switch (deployment.state()) {
            case ACCEPTED, RUNNING -> "is in progress";
            case SUCCEEDED -> terminal.good(achieved(deployment.mode()));
            case FAILED -> terminal.bad("failed");
            case CANCELLED -> terminal.bad("was cancelled");
            case TIMED_OUT -> terminal.bad("timed out");
        };
    }

    private static String achieved(Mode mode) {
        return switch (mode) {
            case BUILD -> "is built";
            case RUN, BUILD_AND_RUN -> "is running";
            case STOP -> "is stopped";
            case SCALE_UP, SCALE_DOWN -> "is scaled";
            case RESTART -> "is restarted";
            case REVIVE -> "is back";
            case MOVE -> "has moved";
        };
    }

    private void tellFailure(Deployment.Service service) {
        Failure failure = service.failure();
        if (failure == null) {
            return;
        }
        terminal.say("%s %s %s".formatted(service.name(), terminal.bad("failed:"), failure.message()));
        fact("code", failure.code());
        fact("exit code", failure.exitCode());
        fact("killed", failure.oomKilled() ? "for want of memory" : null);
        fact("last probe", failure.lastProbe());
        failure.log().forEach(line -> terminal.say("  | " + line));
        terminal.say(advice(failure.kind()));
    }

    private void fact(String name, @Nullable Object value) {
        if (value != null) {
            terminal.say("  %-11s %s".formatted(name, value));
        }
    }

    private static String advice(FailureKind kind) {
        return switch (kind) {
            case REQUEST -> "Mend the service or its config.json, then deploy it again.";
            case CAPACITY -> "Make room (gantry ps shows what runs; stop or scale down), then: gantry run.";
            case EXTERNAL -> "Something outside Gantry failed: deploy it again.";
            case INTERNAL -> "This is a fault of Gantry, not of your service.";
        };
    }
}
