package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.capacity.Capacity;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.lease.LeaseLost;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.lifecyclemanager.replica.ReplicaRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Observe, plan, execute, report; again and again, for as long as the lease is held. */
@Component
@OnlyInFleet
class Reconciler implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration HANDED_OVER_FOR = Duration.ofSeconds(30);
    private static final long NOBODY = -1;

    private final Lease lease;
    private final Observation observation;
    private final Findings findings;
    private final StepRuns steps;
    private final OperationRuns operations;
    private final StepLog stepLog;
    private final Progress progress;
    private final News news;
    private final Departures departures;
    private final Capacity capacity;
    private final DatabaseMachine databaseMachine;
    private final OwnSettings settings;
    private long acting = NOBODY;
    private volatile @Nullable Thread thread;

    /**
     * How it was before the fleet was looked at.
     *
     * @param busyMachines where something was under way
     * @param news the number of the last
     */
    private record Before(Set<String> busyMachines, long news) {}

    Reconciler(
            Lease lease,
            Observation observation,
            Findings findings,
            StepRuns steps,
            OperationRuns operations,
            StepLog stepLog,
            Progress progress,
            News news,
            Departures departures,
            Capacity capacity,
            DatabaseMachine databaseMachine,
            OwnSettings settings) {
        this.lease = lease;
        this.observation = observation;
        this.findings = findings;
        this.steps = steps;
        this.operations = operations;
        this.stepLog = stepLog;
        this.progress = progress;
        this.news = news;
        this.departures = departures;
        this.capacity = capacity;
        this.databaseMachine = databaseMachine;
        this.settings = settings;
    }

    @Override
    public void start() {
        Thread loop = Thread.ofPlatform().name("reconciler").daemon().unstarted(this::run);
        thread = loop;
        loop.start();
    }

    private void run() {
        while (thread == Thread.currentThread()) {
            try {
                steps.awaitNews(passOrRest().toMillis());
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private Duration passOrRest() {
        try {
            return pass();
        } catch (LeaseLost lost) {
            log.info("{}", lost.getMessage());
        } catch (DataAccessException | TransactionException away) {
            log.warn("The fleet can't be looked at without the database; trying again: {}", away.getMessage());
        } catch (RuntimeException failed) {
            // The one loop that heals everything else ends of nothing: what it did not foresee may be gone with the
            // next look.
            log.warn("The fleet could not be looked at; trying again", failed);
        }
        return settings.reconciliation().soon();
    }

    /** @return how long nothing is to be done */
    private Duration pass() {
        OptionalLong fencing = lease.held();
        if (fencing.isEmpty()) {
            acting = NOBODY;
            databaseMachine.remember();
            return Duration.ofSeconds(1);
        }
        if (fencing.getAsLong() != acting) {
            begin(fencing.getAsLong());
        }
        Before before = new Before(steps.busyMachines(), progress.find().news());
        return observation
                .look()
                .map(look -> act(look, before, acting))
                .orElse(settings.reconciliation().soon());
    }

    private void begin(long fencing) {
        stepLog.interrupt(fencing);
        news.again(fencing);
        observation.forget();
        acting = fencing;
    }

    private Duration act(Look look, Before before, long fencing) {
        databaseMachine.remember(look);
        List<ReplicaRow> rows = findings.enter(fencing, look, before.busyMachines(), settings.machine());
        // Before it is said that all is as it is to be: perhaps it is not, as more is to be.
        capacity.see(fencing, look.document(), look.found());
        Plan plan = Planner.plan(look.desired(), look.seen(), settings.machine());
        List<String> waitsFor = new ArrayList<>(steps.failures(plan.steps()));
        waitsFor.addAll(plan.waitsFor());
        steps.begin(plan.steps(), before.busyMachines(), look, fencing);
        boolean nothingAsked = operations.run(look, fencing);
        boolean settled = plan.settled()
                && nothingAsked
                && before.busyMachines().isEmpty()
                && steps.busyMachines().isEmpty();
        progress.enter(
                fencing, before.news(), settled, waitsFor.stream().distinct().toList(), plan.refused());
        if (kafkaIsReady(look)) {
            news.tell(fencing, look, rows);
            departures.see(fencing, look);
        }
        if (plan.handsOver() && steps.busyMachines().isEmpty()) {
            log.info("The lease is handed over: this container of the lifecycle manager is to be replaced or removed");
            lease.handOver(HANDED_OVER_FOR);
        }
        return settled
                ? settings.reconciliation().every()
                : settings.reconciliation().soon();
    }

    private static boolean kafkaIsReady(Look look) {
        return look.desired().assignment().of("kafka").stream()
                .anyMatch(machine -> look.seen().isReady(new Replica("kafka", machine)));
    }

    @Override
    public void stop() {
        Thread loop = thread;
        thread = null;
        if (loop != null) {
            loop.interrupt();
            awaitEndOf(loop);
        }
    }

    private void awaitEndOf(Thread loop) {
        try {
            loop.join(settings.reconciliation().answersWithin());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
