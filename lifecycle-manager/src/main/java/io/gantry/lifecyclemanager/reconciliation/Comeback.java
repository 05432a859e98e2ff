package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.machines.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A replica that was restarted is waited for, before another one of its service is. */
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
        String address = Objects.requireNonNull(look.addresses().get(restarted.machine()))
                .address();
        int port = look.document()
                .fleet()
                .service(restarted.service())
                .orElseThrow()
                .port();
        Patience patience = new Patience(clock, WITHIN, LOOKS_EVERY);
        Optional<String> ready = patience.await(
                () -> Optional.of(restarted.service()).filter(service -> readiness.isReady(service, address, port)));
        if (ready.isEmpty()) {
            throw new IllegalStateException(
                    "%s on %s has not become ready again within 2m; its other replicas run on as they are."
                            .formatted(restarted.service(), restarted.machine()));
        }
    }
}
