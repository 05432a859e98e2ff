package io.gantry.bootstrapper.healing;

import static io.gantry.bootstrapper.platform.PlatformService.LIFECYCLE_MANAGER;

import io.gantry.bootstrapper.platform.Problem;
import io.gantry.bootstrapper.platform.RefusedException;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.platform.UnreachableException;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.session.Waiting;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.machines.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An operation of the lifecycle manager, looked at until it is over. It goes on all the same if nobody looks. */
record Operation(Session session, String token, String watch) {
    private static final String RUNNING = "RUNNING";
    private static final String SUCCEEDED = "SUCCEEDED";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Each ends at a deadline of its own, much sooner. */
    private static final Duration LONGER_THAN_ANY = Duration.ofDays(1);

    private static final int AWAY = 503;

    private record Ended(
            String what,
            String state,
            Instant requestedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure) {
        String after() {
            return finishedAt == null ? "" : " after " + Ages.exact(Duration.between(requestedAt, finishedAt));
        }
    }

    /** @return the exit code */
    int untilItEnds(Waiting waiting) {
        var patience = new Patience(session::now, waiting.timeout().orElse(LONGER_THAN_ANY), BETWEEN_LOOKS);
        JsonNode answer = patience.await(this::ended).orElseThrow(this::notInTime);
        session.show(answer, Ended.class, this::tell);
        return exitCode(session.read(answer, Ended.class)).number();
    }

    /** What is restarted may be the one who is asked: nothing follows from its silence. */
    private Optional<JsonNode> ended() {
        try {
            JsonNode answer = session.platform().get(Route.to(LIFECYCLE_MANAGER, "operations", token));
            return RUNNING.equals(answer.path("state").asString()) ? Optional.empty() : Optional.of(answer);
        } catch (UnreachableException away) {
            return Optional.empty();
        } catch (RefusedException refused) {
            return whileAway(refused);
        }
    }

    private static Optional<JsonNode> whileAway(RefusedException refused) {
        Problem problem = refused.problem();
        if (problem.status() == AWAY) {
            return Optional.empty();
        }
        throw refused;
    }

    private void tell(Ended ended) {
        if (ended.state().equals(SUCCEEDED)) {
            session.terminal()
                    .say("%s %s%s".formatted(ended.what(), session.terminal().good("is restarted"), ended.after()));
        } else {
            session.terminal()
                    .say("%s %s%s"
                            .formatted(
                                    ended.what(),
                                    session.terminal().bad("was not restarted: " + ended.state()),
                                    ended.after()));
            tell(ended.failure());
        }
    }

    private void tell(@Nullable Failure failure) {
        if (failure != null) {
            session.terminal().say("  %s %s".formatted(failure.code(), failure.message()));
            failure.log().forEach(line -> session.terminal().say("  | " + line));
        }
    }

    private static ExitCode exitCode(Ended ended) {
        if (ended.state().equals(SUCCEEDED)) {
            return ExitCode.OK;
        }
        Failure failure = ended.failure();
        boolean noRoom = failure != null && failure.kind() == FailureKind.CAPACITY;
        return noRoom ? ExitCode.NO_CAPACITY : ExitCode.FAILED;
    }

    private GaveUpException notInTime() {
        return new GaveUpException(
                ExitCode.TIMED_OUT,
                "Operation %s has not ended within the time given; it goes on".formatted(token),
                "Watch it with: " + watch);
    }
}
