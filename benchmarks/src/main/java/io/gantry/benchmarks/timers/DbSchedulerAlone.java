package io.gantry.benchmarks.timers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** db-scheduler and nothing else: what fires does nothing but look at the clock. */
final class DbSchedulerAlone implements Timers {
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("timer");
    private static final int THREADS = 10;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Sql sql;
    private final Scheduler scheduler;
    private final Map<Integer, Instant> fired = new ConcurrentHashMap<>();

    /** @param sql to a database with Gantry's tables: its own has the same form */
    DbSchedulerAlone(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.scheduler = Scheduler.create(
                        sql.database(),
                        Tasks.oneTime(TASK)
                                .execute((timer, _) -> fired.put(Integer.valueOf(timer.getId()), clock.instant())))
                .tableName("public.timer")
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(LOOK)
                .build();
    }

    @Override
    public String name() {
        return "db-scheduler alone";
    }

    @Override
    public void storeFar(Plan plan) throws SQLException {
        sql.run("create table public.timer (like scheduler.scheduled_tasks including all)");
        store(Sql.far(plan));
        sql.run("analyze public.timer");
        scheduler.start();
    }

    @Override
    public void storeDue(Plan plan, Instant begin) throws SQLException {
        store(Sql.due(plan, begin));
    }

    private void store(String timers) throws SQLException {
        sql.run("""
                insert into public.timer (task_name, task_instance, execution_time, picked, version)
                select 'timer', number, at, false, 1 from %s timer""".formatted(timers));
    }

    @Override
    public void tell(Firings firings) {
        fired.forEach(firings::fired);
    }

    @Override
    public void close() throws SQLException {
        scheduler.stop();
        sql.run("drop table if exists public.timer");
    }
}
