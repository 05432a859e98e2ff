package io.gantry.azure;

import com.azure.core.management.polling.PollResult;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.PollResponse;
import com.azure.core.util.polling.SyncPoller;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Calls to Azure. What takes long is begun, then asked after until it ends; who dies in between, or gives it up, asks for the same
 * again and finds it there or goes on.
 */
final class Operations {
    /** What passes by itself, within minutes, and is no answer to what was asked. */
    private static final Set<String> PASSING = Set.of(
            "PrincipalNotFound", "NicReservedForAnotherVm", "AnotherOperationInProgress", "InUseSubnetCannotBeDeleted");

    private final AzureSettings settings;
    private final InstantSource clock;
    private final Waits waits;

    /**
     * @param operation how long one may take
     * @param poll how often it is asked after, where Azure does not say
     * @param passing how long what passes is waited for
     * @param pause before what passes is tried again
     */
    record Waits(Duration operation, Duration poll, Duration passing, Duration pause) {
        static final Waits USUAL =
                new Waits(Duration.ofMinutes(20), Duration.ofSeconds(5), Duration.ofMinutes(4), Duration.ofSeconds(10));
    }

    Operations(AzureSettings settings, InstantSource clock, Waits waits) {
        this.settings = settings;
        this.clock = clock;
        this.waits = waits;
    }

    /** What is there. */
    <T> T ask(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException refused) {
            throw Trouble.of(what, settings, refused);
        }
    }

    /** What may be there. */
    <T> Optional<T> find(String what, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeException refused) {
            if (Trouble.isAbsent(refused)) {
                return Optional.empty();
            }
            throw Trouble.of(what, settings, refused);
        }
    }

    /** What may be there, and may be seen. */
    <T> Optional<T> see(String what, Supplier<T> call) {
        try {
            return find(what, call);
        } catch (MachineFailure failure) {
            if (failure.getCause() instanceof RuntimeException refused && Trouble.isForbidden(refused)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Begins it, and answers when it is made. */
    <T> T make(String what, Supplier<SyncPoller<PollResult<T>, T>> begin) {
        return untilFree(what, () -> {
            var operation = begin.get();
            await(what, operation);
            return operation.getFinalResult();
        });
    }

    /** Begins it, and comes back when it is done. What is not there is done already. */
    void carryOut(String what, Supplier<SyncPoller<PollResult<Void>, Void>> begin) {
        try {
            untilFree(what, () -> {
                await(what, begin.get());
                return what;
            });
        } catch (MachineFailure failure) {
            if (!(failure.getCause() instanceof RuntimeException refused && Trouble.isAbsent(refused))) {
                throw failure;
            }
        }
    }

    /** What ends at once, but may stand in the way of something that passes. */
    <T> T untilFree(String what, Supplier<T> call) {
        var tries = new Tries();
        try {
            return new Patience(clock, waits.passing(), waits.pause())
                    .await(() -> tries.unlessPassing(call))
                    .orElseThrow(() -> tries.last);
        } catch (RuntimeException refused) {
            throw Trouble.of(what, settings, refused);
        }
    }

    /** Whether it comes to be so. What Azure lists lags behind what it has done. */
    boolean comesTrue(BooleanSupplier wish) {
        return new Patience(clock, waits.passing(), waits.pause())
                .await(() -> wish.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    private <T> void await(String what, SyncPoller<PollResult<T>, T> operation) {
        operation.setPollInterval(waits.poll());
        PollResponse<PollResult<T>> ended = operation.waitForCompletion(waits.operation());
        LongRunningOperationStatus status = ended.getStatus();
        if (!status.isComplete()) {
            throw new MachineFailure(
                    Reason.PROVIDER_BUSY,
                    "Azure has taken longer than %s to %s, and goes on. Say it again later: it is looked for first."
                            .formatted(waits.operation(), what));
        }
        if (!status.equals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED)) {
            throw Trouble.ended(status.toString(), ended.getValue().getError());
        }
    }

    /** Keeps what it failed by last. */
    private static final class Tries {
        private RuntimeException last = new IllegalStateException("Nothing was tried");

        <T> Optional<T> unlessPassing(Supplier<T> call) {
            try {
                return Optional.of(call.get());
            } catch (RuntimeException refused) {
                last = refused;
                if (!PASSING.contains(Trouble.code(refused))) {
                    throw refused;
                }
                return Optional.empty();
            }
        }
    }
}
