package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.lease.LeaseLost;
import io.gantry.lifecyclemanager.lease.Ticker;
import io.gantry.lifecyclemanager.reconciliation.StepRow.State;
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

    /** Begins those that can be begun now. */
    void begin(List<Step> planned, Look look, long fencing) {
        lanes.keep(planned);
        planned.stream()
                .filter(step -> lanes.enter(step.machine(), step))
                .forEach(step -> Thread.ofVirtual().name("step-", 0).start(() -> run(step, look, fencing)));
    }

    private void run(Step step, Look look, long fencing) {
        try {
            take(step, look, fencing);
            lanes.done(step.machine(), step);
        } catch (RuntimeException failure) {
            lanes.failed(step.machine(), step, String.valueOf(failure.getMessage()));
        }
        ended.release();
    }

    /** What the step threw is thrown, once it is written down. */
    void take(Step step, Look look, long fencing) {
        long id = steps.begin(fencing, step);
        try {
            requireLease(fencing);
            String done = execution.take(step, look, fencing, doing -> steps.tell(fencing, id, doing));
            end(fencing, id, State.DONE, done);
            log.info("{}: {}: {}", step.machine(), step.what(), done);
        } catch (RuntimeException failure) {
            log.warn("{}: {}: {}", step.machine(), step.what(), failure.getMessage());
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

    boolean enter(String machine, Object work) {
        return lanes.enter(machine, work);
    }

    void leave(String machine, Object work) {
        lanes.done(machine, work);
        ended.release();
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

    /** Until a step has ended, or somebody asks for a look, and not longer. */
    void awaitNews(long millis) throws InterruptedException {
        if (ended.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            ended.drainPermits();
        }
    }

    void wake() {
        ended.release();
    }
}
