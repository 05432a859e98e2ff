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
    private static final String LEASE = "select fencing, until > clock_timestamp() from lifecycle_manager.lease";
    private static final String MANAGER = "gantry-lifecycle-manager";

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

    private record Lease(long fencing, boolean isHeld) {}

    private static double take(Fleet fleet, Connection database) throws Exception {
        letTheOtherAct(fleet, database);
        fleet.awaitSettled();
        long before = lease(database).fencing();
        Stopwatch watch = Stopwatch.start();
        fleet.machine(ACTING).kill();
        Await.until(
                "the standby to act",
                PATIENCE,
                LOOKS_EVERY,
                () -> lease(database).fencing() > before);
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

    /** One that ends in order lets go of the lease; once it is held again, the other has it. */
    private static void letTheOtherAct(Fleet fleet, Connection database) throws Exception {
        Vm standby = fleet.machine(STANDBY);
        standby.run("docker", "stop", "-t", "20", MANAGER);
        Await.until(
                "the other to act", PATIENCE, LOOKS_EVERY, () -> lease(database).isHeld());
        standby.run("docker", "start", MANAGER);
    }

    private static Lease lease(Connection database) {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(LEASE)) {
            row.next();
            return new Lease(row.getLong(1), row.getBoolean(2));
        } catch (SQLException gone) {
            throw new IllegalStateException("The database of the fleet does not tell who acts", gone);
        }
    }
}
