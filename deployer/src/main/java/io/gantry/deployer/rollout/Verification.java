package io.gantry.deployer.rollout;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.rollout.ContainerHost.Exit;
import io.gantry.deployer.rollout.ContainerHost.Watch;
import io.gantry.remote.HealthProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether an instance does what it is there for: a service answers its health check, a worker stays up, a job runs to its
 * end. The end of its container is noticed at once.
 */
@Component
class Verification {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final ContainerHost host;
    private final HealthProbe probe;
    private final RolloutSettings settings;
    private final InstantSource clock;

    Verification(ContainerHost host, HealthProbe probe, RolloutSettings settings, InstantSource clock) {
        this.host = host;
        this.probe = probe;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is to be verified. */
    record Subject(Node node, InstanceAddress at, Instant startedAt, Manifest manifest) {}

    /** @return why not; empty if it does, or if nobody wants to know any more */
    Optional<Failure> of(Subject subject, BooleanSupplier wanted) throws InterruptedException {
        try (Watch watch = host.watch(subject.node(), subject.at().id())) {
            return switch (subject.manifest().kind()) {
                case SERVICE, MODEL -> answers(subject, watch, wanted);
                case WORKER -> staysUp(subject, watch);
                case JOB -> runsToItsEnd(subject, watch, wanted);
            };
        }
    }

    /** Start-up is noticed soon: the first questions come quickly, later ones at the service's own interval. */
    private Optional<Failure> answers(Subject subject, Watch watch, BooleanSupplier wanted)
            throws InterruptedException {
        Health health = subject.manifest().health();
        Instant graceEnds = subject.startedAt().plus(health.gracePeriod().value());
        int port = Objects.requireNonNull(subject.at().port(), "Only what listens can be asked");
        Duration pause = FIRST_PAUSE;
        int good = 0;
        while (wanted.getAsBoolean()) {
            HealthProbe.Answer answer = probe.ask(subject.at().address(), port, health);
            good = answer.good() ? good + 1 : 0;
            if (good >= health.healthyAfter()) {
                return Optional.empty();
            }
            Optional<Exit> exit =
                    watch.exitWithin(answer.good() ? health.interval().value() : pause);
            if (exit.isPresent()) {
                return Optional.of(ended(subject, exit.get(), answer.words()));
            }
            if (!answer.good() && clock.instant().isAfter(graceEnds)) {
                return Optional.of(unhealthy(subject, answer));
            }
            pause = longer(pause, health.interval().value());
        }
        return Optional.empty();
    }

    /** By a fifth, so that of the time until an instance is found well a sixth at most was waited in vain. */
    private static Duration longer(Duration pause, Duration longest) {
        Duration longer = pause.plus(pause.dividedBy(5));
        return longer.compareTo(longest) < 0 ? longer : longest;
    }

    private Optional<Failure> staysUp(Subject subject, Watch watch) throws InterruptedException {
        return watch.exitWithin(settings.workerStaysUp()).map(exit -> ended(subject, exit, null));
    }

    private Optional<Failure> runsToItsEnd(Subject subject, Watch watch, BooleanSupplier wanted)
            throws InterruptedException {
        while (wanted.getAsBoolean()) {
            Optional<Exit> exit = watch.exitWithin(BETWEEN_QUESTIONS);
            if (exit.isPresent()) {
                return Integer.valueOf(0).equals(exit.get().code())
                        ? Optional.empty()
                        : Optional.of(ended(subject, exit.get(), null));
            }
        }
        return Optional.empty();
    }

    private Failure unhealthy(Subject subject, HealthProbe.Answer last) {
        Health health = subject.manifest().health();
        String asked = health.path() == null ? "A connection to its port" : "GET " + health.path();
        return new Failure(
                FailureKind.REQUEST,
                "HEALTH_CHECK_FAILED",
                "The instance was not healthy %s after its start. %s: %s."
                        .formatted(health.gracePeriod(), asked, last.words()),
                null,
                false,
                last.words(),
                host.logOf(subject.node(), subject.at().id()));
    }

    private Failure ended(Subject subject, Exit exit, @Nullable String lastProbe) {
        boolean outOfMemory = exit.outOfMemory() != OutOfMemory.NOT_KNOWN;
        return new Failure(
                FailureKind.REQUEST,
                outOfMemory ? "OUT_OF_MEMORY" : "CONTAINER_ENDED",
                sentence(subject, exit),
                exit.code(),
                outOfMemory,
                lastProbe,
                host.logOf(subject.node(), subject.at().id()));
    }

    private static String sentence(Subject subject, Exit exit) {
        Integer code = exit.code();
        if (code == null) {
            return "The container is gone: someone else has removed it.";
        }
        Memory memory = subject.manifest().resources().memory();
        return switch (exit.outOfMemory()) {
            case TOLD -> "The container needed more than its %s of memory.".formatted(memory);
            case LIKELY ->
                "The container was killed (exit code %d), and nobody had asked its engine for that: most likely it needed more than its %s of memory."
                        .formatted(code, memory);
            case NOT_KNOWN ->
                "The container %s exit code %d. Its last lines may say why."
                        .formatted(code == Autopsy.KILLED ? "was killed, with" : "ended with", code);
        };
    }
}
