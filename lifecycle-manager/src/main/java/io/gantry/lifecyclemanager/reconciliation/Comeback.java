package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.machines.Patience;
import io.gantry.machines.platform.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A replica that was restarted is waited for: before another one of its service is restarted, and before it is said that the service
 * was.
 */
@Component
@OnlyInFleet
class Comeback {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);

    private final Readiness readiness;
    private final InstantSource clock;

    Comeback(Readiness readiness, InstantSource clock) {
        this.readiness = readiness;
        this.clock = clock;
    }

    /** @throws IllegalStateException if it does not become ready in two minutes */
    void await(Step.RestartService restarted, Look look) {
        if (!isReady(restarted, look, clock.instant().plus(WITHIN))) {
            throw new IllegalStateException(
                    "%s; its other replicas run on as they are.".formatted(awayStill(restarted)));
        }
    }

    /** @return what is not ready two minutes after it was restarted, in a sentence; empty if all are */
    Optional<String> missing(List<Step.RestartService> restarted, Look look, Instant since) {
        return restarted.stream()
                .filter(step -> !isReady(step, look, since.plus(WITHIN)))
                .findFirst()
                .map(step -> awayStill(step) + ".");
    }

    private static String awayStill(Step.RestartService restarted) {
        return "%s on %s has not become ready again within 2m".formatted(restarted.service(), restarted.machine());
    }

    /** It is looked at once in any case. */
    private boolean isReady(Step.RestartService restarted, Look look, Instant end) {
        MachineAddress machine = look.addresses().get(restarted.machine());
        if (machine == null) {
            return false;
        }
        int port = look.document()
                .fleet()
                .service(restarted.service())
                .orElseThrow()
                .port();
        return new Patience(clock, Duration.between(clock.instant(), end), LOOKS_EVERY)
                .await(() -> Optional.of(restarted)
                        .filter(step -> readiness.isReady(step.service(), machine.address(), port)))
                .isPresent();
    }
}
