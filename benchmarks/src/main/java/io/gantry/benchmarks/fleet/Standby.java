package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The machine of the acting lifecycle manager killed, to the lease in the standby's hands. */
final class Standby implements Part {
    private static final double SECONDS_AIMED_AT = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);
    private static final String FENCING = "select fencing from lifecycle_manager.lease";

    /** Away from the database, which is on the first. */
    private static final String ACTING = "vm-2";

    private static final String STANDBY = "vm-1";

    @Override
    public String name() {
        return "standby";
    }

    @Override
    public List<Row> measure(Fleet fleet, Effort effort, Progress progress) throws Exception {
        List<Double> seconds = new ArrayList<>();
        try (Connection database = connect(fleet)) {
            for (int round = 1; round <= effort.of(2, 1); round++) {
                progress.say("killing the machine of the acting lifecycle manager, round " + round);
                seconds.add(take(fleet, database));
            }
        }
        Samples acting = new Samples(
                "Gantry: machine of the acting lifecycle manager killed to the standby acting", Unit.SECONDS, seconds);
        return List.of(Row.of(acting, Bar.atMost(SECONDS_AIMED_AT, acting)));
    }

    private static Connection connect(Fleet fleet) throws Exception {
        Replica postgres = fleet.replica("postgres");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/gantry?socketTimeout=10".formatted(postgres.address(), postgres.port()),
                "gantry",
                fleet.databasePassword());
    }

    /** One that ends in order gives the lease to the other; so it is known who has it. */
    private static double take(Fleet fleet, Connection database) throws Exception {
        fleet.machine(STANDBY).run("docker", "restart", "-t", "20", "gantry-lifecycle-manager");
        fleet.awaitSettled();
        long before = fencing(database);
        Stopwatch watch = Stopwatch.start();
        fleet.machine(ACTING).kill();
        Await.until("the standby to act", PATIENCE, LOOKS_EVERY, () -> fencing(database) > before);
        double seconds = watch.seconds();
        // Until who acts now has looked, all is as it should be in its opinion.
        Await.until(
                "the machine to run again",
                PATIENCE,
                LOOKS_EVERY,
                () -> fleet.machine(ACTING).isRunning());
        fleet.awaitSettled();
        return seconds;
    }

    private static long fencing(Connection database) {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(FENCING)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException gone) {
            throw new IllegalStateException("The database of the fleet does not tell who acts", gone);
        }
    }
}
