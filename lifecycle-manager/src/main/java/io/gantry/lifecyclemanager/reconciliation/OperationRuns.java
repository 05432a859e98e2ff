package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.Outcome;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.lease.LeaseLost;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operation.Kind;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.machines.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Carries out what was asked of machines and of the platform's services, each once. */
@Component
@OnlyInFleet
class OperationRuns {
    private static final Set<Kind> KINDS = Set.of(
            Kind.RESTART_MACHINE,
            Kind.PREPARE_DOCKER,
            Kind.RESTART_PLATFORM_SERVICE,
            Kind.RECOVER_MACHINE,
            Kind.RECOVER_REPLICA);

    private static final Logger log = LoggerFactory.getLogger(OperationRuns.class);
    private static final Duration DATABASE_BACK_WITHIN = Duration.ofMinutes(2);
    private static final Duration TRIES_EVERY = Duration.ofSeconds(1);

    private final Operations operations;
    private final StepRuns steps;
    private final Comeback comeback;
    private final Lease lease;
    private final OwnSettings settings;
    private final InstantSource clock;
    private final Set<DeploymentToken> underWay = ConcurrentHashMap.newKeySet();

    OperationRuns(
            Operations operations,
            StepRuns steps,
            Comeback comeback,
            Lease lease,
            OwnSettings settings,
            InstantSource clock) {
        this.operations = operations;
        this.steps = steps;
        this.comeback = comeback;
        this.lease = lease;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return whether nothing is left to do */
    boolean run(Look look, long fencing) {
        // Before they are read: of one that is let go of after that, it is not known how far it is.
        Set<DeploymentToken> before = Set.copyOf(underWay);
        List<Operation> open = operations.open(KINDS);
        open.stream()
                .filter(operation -> !before.contains(operation.token()))
                .forEach(operation -> begin(operation, look, fencing));
        return open.isEmpty();
    }

    private void begin(Operation operation, Look look, long fencing) {
        DeploymentToken token = operation.token();
        List<Step> todo = stepsOf(operation, look);
        Instant since = operation.awaitedSince();
        if (since != null) {
            awaitComeback(token, replicas(todo), look, since, fencing);
        } else if (Recovered.isBack(operation, look.seen())) {
            finish(token, fencing, Outcome.SUCCEEDED, null);
        } else if (todo.isEmpty()) {
            finish(token, fencing, Outcome.FAILED, "There is nothing of that name.");
        } else if (clock.instant().isAfter(operation.deadline())) {
            finish(token, fencing, Outcome.TIMED_OUT, "It could not be begun in time.");
        } else if (!isComing(operation, look)
                && underWay.add(token)
                && !steps.begin(todo.getFirst(), () -> run(operation, todo, look, fencing))) {
            underWay.remove(token);
        }
    }

    /** On no machine's lane: what is missing there may be what it waits for. */
    private void awaitComeback(
            DeploymentToken token, List<Step.RestartService> restarted, Look look, Instant since, long fencing) {
        if (underWay.add(token)) {
            Thread.ofVirtual().name("comeback-" + token).start(() -> {
                try {
                    end(token, comeback.missing(restarted, look, since), fencing);
                } finally {
                    underWay.remove(token);
                }
            });
        }
    }

    private void end(DeploymentToken token, Optional<String> missing, long fencing) {
        try {
            finish(token, fencing, missing.isEmpty() ? Outcome.SUCCEEDED : Outcome.FAILED, missing.orElse(null));
        } catch (DataAccessException | TransactionException | LeaseLost notYet) {
            log.info("The end of an operation could not be written down: {}", notYet.getMessage());
        }
    }

    private static List<Step.RestartService> replicas(List<Step> restarted) {
        return restarted.stream()
                .filter(Step.RestartService.class::isInstance)
                .map(Step.RestartService.class::cast)
                .toList();
    }

    private boolean isComing(Operation operation, Look look) {
        return Recovered.isComing(
                operation,
                look.known(),
                clock.instant(),
                settings.reconciliation().bootsWithin());
    }

    private void run(Operation operation, List<Step> todo, Look look, long fencing) {
        DeploymentToken token = operation.token();
        try {
            if (lease.fenced(fencing, () -> operations.take(token, clock.instant()))) {
                carryOut(operation, todo, look, fencing);
            } else {
                finish(
                        token,
                        fencing,
                        Outcome.FAILED,
                        "The lifecycle manager that began this ended in the middle. See whether it is done, and ask again if not.");
            }
        } catch (DataAccessException | TransactionException | LeaseLost notBegun) {
            log.info("An operation could not be begun: {}", notBegun.getMessage());
        } finally {
            underWay.remove(token);
        }
    }

    /** Oneself is the last: whatever comes after it is another's to do. */
    private List<Step> stepsOf(Operation operation, Look look) {
        String what = operation.what();
        return switch (operation.kind()) {
            case RESTART_MACHINE, RECOVER_MACHINE -> List.of(new Step.RestartMachine(what));
            case PREPARE_DOCKER -> List.of(new Step.PrepareDocker(what));
            case RESTART_PLATFORM_SERVICE, RECOVER_REPLICA -> {
                List<Step> restarts = new ArrayList<>();
                look.desired().assignment().replicas().stream()
                        .filter(replica -> what.equals(replica.service())
                                || what.equals(replica.service() + "@" + replica.machine()))
                        .forEach(
                                replica -> restarts.add(new Step.RestartService(replica.service(), replica.machine())));
                List<Step> own = restarts.stream().filter(this::endsUs).toList();
                restarts.removeAll(own);
                restarts.addAll(own);
                yield restarts;
            }
            case RESTART_APP, RESTART_SERVICE, RESTART_MODEL, REVIVE_INSTANCE, MOVE_INSTANCE -> List.of();
        };
    }

    private boolean endsUs(Step step) {
        if (!step.machine().equals(settings.machine())) {
            return false;
        }
        return step instanceof Step.RestartMachine
                || (step instanceof Step.RestartService && Planner.MYSELF.equals(step.service()));
    }

    private void carryOut(Operation operation, List<Step> todo, Look look, long fencing) {
        try {
            for (Iterator<Step> rest = todo.iterator(); rest.hasNext(); ) {
                Step step = rest.next();
                if (endsUs(step)) {
                    done(operation, fencing);
                }
                steps.take(step, look, fencing);
                if (rest.hasNext() && step instanceof Step.RestartService restarted) {
                    comeback.await(restarted, look);
                }
            }
            whenPossible(current -> done(operation, current));
        } catch (RuntimeException failed) {
            // Logged where the step was taken; whoever asked for the operation reads why it failed.
            whenPossible(
                    current -> finish(operation.token(), current, Outcome.FAILED, String.valueOf(failed.getMessage())));
        }
    }

    /** Whoever asks for a service's restart waits until it is ready; monitoring looks itself whether what it asked for helped. */
    private void done(Operation operation, long fencing) {
        if (operation.kind() == Kind.RESTART_PLATFORM_SERVICE) {
            lease.fenced(fencing, () -> operations.done(operation.token(), clock.instant()));
        } else {
            finish(operation.token(), fencing, Outcome.SUCCEEDED, null);
        }
    }

    /** The database, or the lease, may have been away meanwhile because of what was done. */
    private void whenPossible(LongConsumer writing) {
        new Patience(clock, DATABASE_BACK_WITHIN, TRIES_EVERY).await(() -> {
            try {
                lease.held().ifPresent(writing);
                return lease.held().isPresent() ? Optional.of(writing) : Optional.empty();
            } catch (DataAccessException | TransactionException | LeaseLost notYet) {
                return Optional.empty();
            }
        });
    }

    private void finish(DeploymentToken token, long fencing, Outcome outcome, @Nullable String why) {
        Failure failure = why == null ? null : Failure.of(FailureKind.EXTERNAL, "OPERATION_FAILED", why);
        lease.fenced(fencing, () -> operations.finish(token, outcome, failure, clock.instant()));
    }
}
