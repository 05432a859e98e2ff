package io.gantry.benchmarks.timers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.LoneService;
import io.gantry.benchmarks.processes.Scratch;
import io.gantry.benchmarks.processes.SyncingPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A thousand schedules due each second, out of a million: how late they are, and whether any is early, twice or missing. */
public final class TimersBenchmark implements Benchmark {
    private static final int CONNECTIONS = 16;
    private static final int PER_SECOND = 1000;
    private static final double MILLIS_AIMED_AT = 20;
    private static final double MOST_AIMED_AT = 250;
    private static final double MOST_WHEN_KILLED = 3000;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration FOR_STRAYS = Duration.ofSeconds(3);

    private final InstantSource clock;

    public TimersBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public String question() {
        return "Schedules, %,d due each second among many more: how late each is".formatted(PER_SECOND);
    }

    @Override
    public Duration patience(Effort effort) {
        return Duration.ofMinutes(effort.of(40, 15));
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        Plan plan = new Plan(effort.of(1_000_000, 50_000), PER_SECOND, effort.of(100, 15));
        progress.say("starting PostgreSQL and Kafka");
        try (Scratch scratch = Scratch.create("timers");
                EmbeddedPostgres database = SyncingPostgres.start();
                Broker broker = Broker.start(scratch.folder());
                HikariDataSource pool = pool(database)) {
            Sql sql = new Sql(pool);
            Schedules schedules = new Schedules(scratch.folder(), database, broker, sql);
            Measured ours = schedules.measured(1, plan, effort, progress);
            Measured killed = schedules.measured(2, plan, effort, progress);
            Measured dbScheduler = alone(new DbSchedulerAlone(sql, clock), plan, effort, progress);
            Measured quartz = alone(new QuartzAlone(sql, clock), plan, effort, progress);
            return new Figures(
                    rows(ours, killed, List.of(dbScheduler, quartz)),
                    List.of(
                            "%,d are stored, %,d come due.".formatted(plan.stored(), plan.due()),
                            "Gantry's is late until the deployer can read in Kafka what it is asked for: run, deployment, outbox and the next due instant are committed before. The others are late until their job begins, and do nothing.",
                            "Missing: what had not fired a minute after the last was due.",
                            "db-scheduler looks each 100 ms, with 10 threads; Quartz is clustered, with 10 threads, and acquires 10 at a time.",
                            "Killed: of two schedulers one, by SIGKILL, every 10 s as soon as the other is ready; %d were."
                                    .formatted(killed.kills())));
        }
    }

    private record Measured(String who, Firings firings, int kills) {}

    private static List<Row> rows(Measured ours, Measured killed, List<Measured> peers) {
        Latencies late = ours.firings().late(ours.who());
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(late, Bar.p99AtMost(MILLIS_AIMED_AT, late)));
        peers.forEach(peer -> rows.add(Row.peer(peer.firings().late(peer.who()), late)));
        rows.addAll(ours.firings().rest(ours.who(), MOST_AIMED_AT));
        rows.add(Row.of(killed.firings().late(killed.who())));
        rows.addAll(killed.firings().rest(killed.who(), MOST_WHEN_KILLED));
        return rows;
    }

    /** Gantry's own, in processes that may be killed. */
    private final class Schedules {
        private final Path folder;
        private final EmbeddedPostgres database;
        private final Broker broker;
        private final Sql sql;
        private final AtomicInteger started = new AtomicInteger();

        Schedules(Path folder, EmbeddedPostgres database, Broker broker, Sql sql) {
            this.folder = folder;
            this.database = database;
            this.broker = broker;
            this.sql = sql;
        }

        /** @param count of schedulers; where there are two, they are killed in turn */
        Measured measured(int count, Plan plan, Effort effort, Progress progress) throws Exception {
            try (Schedulers schedulers = new Schedulers(count, this::start)) {
                schedulers.awaitReady();
                Harm harm = count > 1 ? () -> schedulers.killOne(progress) : () -> {};
                try (Timers timers = new GantryTimers(sql, new Commands(broker.address(), clock))) {
                    Firings firings = fired(timers, plan, effort, progress, harm);
                    return new Measured(
                            count > 1 ? "Gantry, killed every 10 s" : "Gantry", firings, schedulers.killed());
                }
            } finally {
                GantryTimers.forgetAll(sql);
            }
        }

        private LoneService start() {
            return LoneService.start(
                    "scheduler %d".formatted(started.incrementAndGet()),
                    "io.gantry.scheduler.SchedulerApplication",
                    List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"),
                    List.of(
                            "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                            "--spring.datasource.username=postgres",
                            "--spring.kafka.bootstrap-servers=" + broker.address(),
                            "--gantry.storage.connection-string=UseDevelopmentStorage=true",
                            "--scheduler.upload.folder=" + folder.resolve("uploads")),
                    folder);
        }
    }

    private Measured alone(Timers timers, Plan plan, Effort effort, Progress progress) throws Exception {
        try (timers) {
            return new Measured(timers.name(), fired(timers, plan, effort, progress, () -> {}), 0);
        }
    }

    /** What is done to the schedulers every 10 s. */
    @FunctionalInterface
    private interface Harm {
        void be() throws InterruptedException;
    }

    private Firings fired(Timers timers, Plan plan, Effort effort, Progress progress, Harm harm) throws Exception {
        progress.say("%s: storing %,d".formatted(timers.name(), plan.stored()));
        timers.storeFar(plan);
        Instant begin = clock.instant().plusSeconds(effort.of(20, 5));
        timers.storeDue(plan, begin);
        progress.say("%s: firing %,d".formatted(timers.name(), plan.due()));
        return awaited(timers, plan, begin, harm);
    }

    /** Until all have fired, or a minute has passed since the last was due. */
    private Firings awaited(Timers timers, Plan plan, Instant begin, Harm harm) throws Exception {
        Instant nextHarm = begin.plus(BETWEEN_KILLS);
        Instant last = plan.end(begin).plusSeconds(60);
        for (Instant now = clock.instant(); now.isBefore(last); now = clock.instant()) {
            if (now.isAfter(nextHarm) && now.isBefore(plan.end(begin))) {
                harm.be();
                nextHarm = nextHarm.plus(BETWEEN_KILLS);
            }
            if (now.isAfter(plan.end(begin)) && told(timers, plan, begin).areAll()) {
                pause(FOR_STRAYS);
                break;
            }
            pause(LOOK);
        }
        return told(timers, plan, begin);
    }

    private static Firings told(Timers timers, Plan plan, Instant begin) throws Exception {
        Firings firings = new Firings(plan, begin);
        timers.tell(firings);
        return firings;
    }

    private static void pause(Duration time) throws InterruptedException {
        LockSupport.parkNanos(time.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while timers fire");
        }
    }

    private static HikariDataSource pool(EmbeddedPostgres database) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(database.getJdbcUrl("postgres", "postgres"));
        settings.setUsername("postgres");
        settings.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(settings);
    }
}
