package io.gantry.benchmarks.pipeline;

import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.LoneService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The scheduler and the deployer, a JVM each, with apps whose services do not run. */
record Pipeline(EmbeddedPostgres database, LoneService scheduler) {
    private static final List<String> OPTIONS = List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    static LoneService scheduler(EmbeddedPostgres database, Broker broker, Path folder) {
        return service("scheduler", "io.gantry.scheduler.SchedulerApplication", database, broker, folder);
    }

    static LoneService deployer(EmbeddedPostgres database, Broker broker, Path folder) {
        return service("deployer", "io.gantry.deployer.DeployerApplication", database, broker, folder);
    }

    private static LoneService service(
            String name, String application, EmbeddedPostgres database, Broker broker, Path folder) {
        return LoneService.start(
                name,
                application,
                OPTIONS,
                List.of(
                        "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--spring.kafka.bootstrap-servers=" + broker.address(),
                        "--gantry.storage.connection-string=UseDevelopmentStorage=true",
                        "--scheduler.upload.folder=" + folder.resolve("uploads"),
                        "--gantry.deployer.build.workspace=" + folder.resolve("workspace"),
                        "--gantry.deployer.build.engine=unix://" + folder.resolve("no-engine.sock")),
                folder);
    }

    /** @param scheduler ready: its tables are there */
    static Pipeline of(EmbeddedPostgres database, LoneService scheduler) throws SQLException {
        Pipeline pipeline = new Pipeline(database, scheduler);
        pipeline.haveApps();
        return pipeline;
    }

    /** Each with a service that does not run; and a word from the database for every deployment that is over. */
    private void haveApps() throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into scheduler.app (name, created_at)
                    select 'bench-' || number, now() from generate_series(0, %d) number""".formatted(Load.APPS - 1));
            statement.execute(
                    "insert into scheduler.service (app, name, created_at) select name, 'app-server', now() from scheduler.app");
            statement.execute("""
                    create function scheduler.bench_over() returns trigger language plpgsql as $$
                    begin
                        perform pg_notify('%s', new.state || ' ' || new.token);
                        return null;
                    end $$""".formatted(Listener.CHANNEL));
            statement.execute("""
                    create trigger bench_over after update of state on scheduler.deployment for each row
                    when (old.state is distinct from new.state and new.state not in ('ACCEPTED', 'RUNNING'))
                    execute function scheduler.bench_over()""");
        }
    }

    int port() {
        return scheduler.port();
    }

    /** Deployments that are not over. */
    int unfinished() throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "select count(*) from scheduler.deployment where state in ('ACCEPTED', 'RUNNING')")) {
            count.next();
            return count.getInt(1);
        }
    }
}
