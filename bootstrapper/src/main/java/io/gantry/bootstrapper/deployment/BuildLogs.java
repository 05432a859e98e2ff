package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.platform.EventFeed;
import io.gantry.bootstrapper.platform.ServerEvent;
import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.ServiceState;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The build logs of a deployment's services, as they are written. */
final class BuildLogs implements AutoCloseable {
    /** The last lines of a build may come after its end: the scheduler ends their stream when they are there, or stay away for long. */
    private static final int LOOKS_FOR_THE_LAST = 150;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Session session;
    private final String token;
    private final boolean wanted;
    private final Map<String, EventFeed> open = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();

    BuildLogs(Session session, String token, boolean wanted) {
        this.session = session;
        this.token = token;
        this.wanted = wanted;
    }

    /** Opens the logs of the builds that have begun, and finishes those of the builds that are over. */
    void follow(Deployment deployment) throws InterruptedException {
        for (Deployment.Step step : deployment.steps()) {
            if (wanted && step.step() == ServiceState.BUILDING && !finished.contains(step.service())) {
                EventFeed log = open.computeIfAbsent(step.service(), this::log);
                if (step.endedAt() != null) {
                    finish(step.service(), log);
                }
            }
        }
    }

    /** What has arrived since. */
    void show() throws InterruptedException {
        for (var log : open.entrySet()) {
            show(log.getKey(), log.getValue(), Duration.ZERO);
        }
    }

    private EventFeed log(String service) {
        return session.platform().events(Deployments.route(token).below("services", service, "log"));
    }

    private void finish(String service, EventFeed log) throws InterruptedException {
        for (int looks = 0; looks < LOOKS_FOR_THE_LAST && !log.hasEnded(); looks++) {
            show(service, log, BETWEEN_LOOKS);
        }
        show(service, log, Duration.ZERO);
        log.close();
        open.remove(service);
        finished.add(service);
    }

    private void show(String service, EventFeed log, Duration patience) throws InterruptedException {
        for (Optional<ServerEvent> event = log.next(patience); event.isPresent(); event = log.next(patience)) {
            event.get().data().lines().forEach(line -> session.terminal().say("  %-16s | %s".formatted(service, line)));
        }
    }

    @Override
    public void close() {
        open.values().forEach(EventFeed::close);
    }
}
