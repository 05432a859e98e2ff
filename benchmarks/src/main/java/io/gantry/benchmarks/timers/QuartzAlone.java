package io.gantry.benchmarks.timers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.spi.TriggerFiredBundle;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz and nothing else, as several of it would share a database: what fires does nothing but look at the clock. */
final class QuartzAlone implements Timers {
    private static final String NAME = "alone";
    private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    private final Sql sql;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Map<Integer, Instant> fired = new ConcurrentHashMap<>();

    QuartzAlone(Sql sql, InstantSource clock) throws SchedulerException, SQLException, IOException {
        this.sql = sql;
        this.clock = clock;
        sql.run(tables());
        DBConnectionManager.getInstance().addConnectionProvider(NAME, new Pool(sql));
        this.scheduler = new StdSchedulerFactory(settings()).getScheduler();
        scheduler.setJobFactory((TriggerFiredBundle timer, Scheduler _) -> (Job) this::look);
    }

    private void look(JobExecutionContext timer) {
        fired.put(Integer.valueOf(timer.getTrigger().getKey().getName()), clock.instant());
    }

    private static String tables() throws IOException {
        try (InputStream tables = Objects.requireNonNull(QuartzAlone.class.getResourceAsStream(TABLES), TABLES)) {
            return new String(tables.readAllBytes(), UTF_8);
        }
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "org.quartz.scheduler.instanceName", NAME,
                "org.quartz.scheduler.instanceId", "AUTO",
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "10",
                "org.quartz.threadPool.threadCount", "10",
                "org.quartz.jobStore.class", JobStoreTX.class.getName(),
                "org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName(),
                "org.quartz.jobStore.isClustered", "true",
                "org.quartz.jobStore.acquireTriggersWithinLock", "true",
                "org.quartz.jobStore.dataSource", NAME));
        return settings;
    }

    @Override
    public String name() {
        return "Quartz alone";
    }

    @Override
    public void storeFar(Plan plan) throws SQLException, SchedulerException {
        scheduler.addJob(
                JobBuilder.newJob(Job.class)
                        .withIdentity("timer", "timer")
                        .storeDurably()
                        .build(),
                true);
        store(Sql.far(plan));
        sql.run("analyze");
        scheduler.start();
    }

    @Override
    public void storeDue(Plan plan, Instant begin) throws SQLException {
        store(Sql.due(plan, begin));
    }

    /** What each refers to is there; to check that for every row would take minutes. */
    private void store(String timers) throws SQLException {
        sql.run(
                "set session_replication_role = replica",
                """
                insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time,
                    prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time, misfire_instr)
                select '%s', number, 'timer', 'timer', 'timer', extract(epoch from at) * 1000, -1, 5, 'WAITING', 'SIMPLE',
                    extract(epoch from at) * 1000, 0, 0
                from %s timer""".formatted(NAME, timers),
                """
                insert into qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval,
                    times_triggered)
                select '%s', number, 'timer', 0, 0, 0 from %s timer""".formatted(NAME, timers),
                "set session_replication_role = origin");
    }

    @Override
    public void tell(Firings firings) {
        fired.forEach(firings::fired);
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException failed) {
            throw new IllegalStateException("Quartz can't be stopped", failed);
        }
    }

    private record Pool(Sql sql) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return sql.database().getConnection();
        }

        @Override
        public void shutdown() {
            // Whoever made the pool closes it.
        }

        @Override
        public void initialize() {
            // It is there.
        }
    }
}
