package io.gantry.deployer.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Works off the agenda: a few builds, many other things. What a deployer leaves behind when it dies, another takes up. */
@Component
class Workforce implements SmartLifecycle {
    private static final Duration TO_END_WITHIN = Duration.ofSeconds(2);

    private final DataSource database;
    private final Agenda agenda;
    private final Performance performance;
    private final List<Chore> chores;
    private final WorkSettings settings;
    private final InstantSource clock;
    private final DeployerName name;
    /** Those of now; a scheduler that was stopped does not start again. */
    private volatile List<Scheduler> schedulers = List.of();

    Workforce(
            DataSource database,
            Agenda agenda,
            Performance performance,
            List<Chore> chores,
            WorkSettings settings,
            InstantSource clock,
            DeployerName name) {
        this.database = database;
        this.agenda = agenda;
        this.performance = performance;
        this.chores = List.copyOf(chores);
        this.settings = settings;
        this.clock = clock;
        this.name = name;
    }

    private Scheduler builds() {
        return scheduler(Agenda.BUILDS, settings.builds()).build();
    }

    private Scheduler rest() {
        return scheduler(Agenda.REST, settings.atOnce())
                .startTasks(chores.stream().map(Workforce::recurring).toList())
                .build();
    }

    private SchedulerBuilder scheduler(String table, int atOnce) {
        OneTimeTask<Assignment> task = Tasks.oneTime(Agenda.TASK)
                .onFailure(performance::onFailure)
                .onDeadExecutionRevive()
                .execute((instance, context) ->
                        performance.perform(instance.getData(), context.getExecution().consecutiveFailures + 1));
        return Scheduler.create(database, task)
                .tableName(table)
                .schedulerName(new SchedulerName.Fixed(name.value()))
                .serializer(new WorkSerializer())
                .clock(clock::instant)
                .threads(atOnce)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(table + "-", 1).factory()))
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(settings.look())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(TO_END_WITHIN)
                .failureLogging(LogLevel.DEBUG, false);
    }

    private static RecurringTask<Void> recurring(Chore chore) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.every()))
                .execute((instance, context) -> chore.work().run());
    }

    @Override
    public void start() {
        schedulers = List.of(builds(), rest());
        agenda.whenAdded(this::wake);
        schedulers.forEach(Scheduler::start);
    }

    private void wake() {
        schedulers.forEach(Scheduler::triggerCheckForDueExecutions);
    }

    @Override
    public void stop() {
        List<Scheduler> ending = schedulers;
        schedulers = List.of();
        ending.forEach(Scheduler::stop);
    }

    @Override
    public boolean isRunning() {
        return !schedulers.isEmpty();
    }
}
