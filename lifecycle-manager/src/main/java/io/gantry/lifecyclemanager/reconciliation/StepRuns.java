package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.lease.LeaseLost;
import io.gantry.lifecyclemanager.lease.Ticker;
import io.gantry.lifecyclemanager.reconciliation.StepRow.State;
import io.gantry.machines.MachineFailure;
import io.gantry.remote.Unreachable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Takes steps, for different machines at the same time, and writes down how they end. */
@Component
@OnlyInFleet
class StepRuns {
    private static final Logger log = LoggerFactory.getLogger(StepRuns.class);

    /** A step that somebody asked for. What is planned does not rest because it failed. */
    private record Asked(Step step) {}

    private final Execution execution;
    private final StepLog steps;
    private final Lease lease;
    private final Lanes lanes;
    private final Semaphore ended = new Semaphore(0);

    StepRuns(Execution execution, StepLog steps, Lease lease, Ticker ticker) {
        this.execution = execution;
        this.steps = steps;
        this.lease = lease;
        this.lanes = new Lanes(ticker);
    }

    /**
     * Begins those that can be begun now.
     *
     * @param unseen machines where something was under way when the fleet was looked at: how they are now was perhaps not seen
     */
    void begin(List<Step> planned, Set<String> unseen, Look look, long fencing) {
        lanes.keep(planned);
        planned.stream()
                .filter(step -> evict(step) || !unseen.contains(step.machine()))
                .forEach(step -> lanes.begin(step.machine(), step, turn -> run(turn, step, look, fencing)));
    }

    private boolean evict(Step step) {
        return lanes.evict(
                step.machine(), work -> step.voids(work instanceof Asked(var underWay) ? underWay : (Step) work));
    }

    private void run(Lanes.Turn turn, Step step, Look look, long fencing) {
        try {
            take(step, look, fencing);
            turn.done();
        } catch (RuntimeException failure) {
            // Whatever it was is written down already; after a rest the next pass that finds the step still to be taken
            // takes it again.
            turn.failed(String.valueOf(failure.getMessage()));
        } finally {
            ended.release();
        }
    }

    /** What the step threw is thrown, once it is written down. */
    void take(Step step, Look look, long fencing) {
        long id = steps.begin(fencing, step);
        try {
            requireLease(fencing);
            String done = execution.take(step, look, fencing, doing -> steps.tell(fencing, id, doing));
            end(fencing, id, State.DONE, done);
            log.info("{}: {}: {}", step.machine(), step.what(), done);
        } catch (MachineFailure | Unreachable foreseen) {
            log.warn("{}: {}: {}", step.machine(), step.what(), foreseen.getMessage());
            end(fencing, id, State.FAILED, String.valueOf(foreseen.getMessage()));
            throw foreseen;
        } catch (RuntimeException failure) {
            // A provider, an engine, blob storage: their libraries throw what they like, and each of it is a step that
            // failed.
            log.warn("{}: {}", step.machine(), step.what(), failure);
            end(fencing, id, State.FAILED, String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    /** What was done is done, even if it can't be written down now. */
    private void end(long fencing, long id, State state, String detail) {
        try {
            steps.end(fencing, id, state, detail);
        } catch (DataAccessException | TransactionException | LeaseLost unwritten) {
            log.warn("The end of a step could not be written down: {}", unwritten.getMessage());
        }
    }

    private void requireLease(long fencing) {
        if (lease.held().orElse(-1) != fencing) {
            throw new IllegalStateException("This lifecycle manager acts no more");
        }
    }

    /** @return false if it can't be begun now */
    boolean begin(Step first, Runnable doing) {
        evict(first);
        return lanes.begin(first.machine(), new Asked(first), turn -> {
            try {
                doing.run();
            } finally {
                turn.end();
                ended.release();
            }
        });
    }

    Set<String> busyMachines() {
        return lanes.busyMachines();
    }

    /** Sentences about what rests after a failure. */
    List<String> failures(Collection<Step> planned) {
        return planned.stream()
                .flatMap(step -> lanes.failure(step).stream()
                        .map(why -> "%s to %s: %s".formatted(step.machine(), step.what(), why)))
                .toList();
    }

    /** Until a step has ended, and not longer. */
    void awaitNews(long millis) throws InterruptedException {
        if (ended.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            ended.drainPermits();
        }
    }
}
