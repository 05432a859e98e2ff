package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.platform.EventFeed;
import io.gantry.bootstrapper.platform.ServerEvent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Follows a deployment's events until it has ended, and shows its steps. Ctrl-C lets go of it; it goes on all the same. */
final class Following {
    /** How often the time that has passed is shown. */
    private static final Duration TICK = Duration.ofMillis(200);

    private final Session session;
    private final WaitOptions wait;

    Following(Session session, WaitOptions wait) {
        this.session = session;
        this.wait = wait;
    }

    /** @return the deployment as it ended */
    JsonNode untilItEnds(String token) throws InterruptedException {
        Instant began = session.now();
        var steps = new StepLines(session);
        try (var _ = LettingGo.onInterrupt(session.terminal(), token);
                var logs = new BuildLogs(session, token, wait.verbose());
                EventFeed events =
                        session.platform().events(Deployments.route(token).below("events"))) {
            while (true) {
                Optional<JsonNode> arrived = events.next(TICK).flatMap(this::deployment);
                if (arrived.isPresent()) {
                    Deployment deployment = session.read(arrived.get(), Deployment.class);
                    logs.follow(deployment);
                    steps.show(deployment);
                    if (deployment.state().isFinal()) {
                        return arrived.get();
                    }
                }
                logs.show();
                steps.tick();
                giveUpAfterTimeout(token, began);
            }
        }
    }

    private Optional<JsonNode> deployment(ServerEvent event) {
        JsonNode content = session.read(event.data(), JsonNode.class);
        return content.has("state") ? Optional.of(content) : Optional.empty();
    }

    private void giveUpAfterTimeout(String token, Instant began) {
        wait.timeout()
                .filter(timeout -> session.now().isAfter(began.plus(timeout)))
                .ifPresent(timeout -> {
                    throw new GaveUpException(
                            ExitCode.TIMED_OUT,
                            "Deployment %s has not ended within the time given; it goes on".formatted(token),
                            "Follow it with: gantry deployment %s --wait. End it with: gantry cancel %s"
                                    .formatted(token, token));
                });
    }
}
