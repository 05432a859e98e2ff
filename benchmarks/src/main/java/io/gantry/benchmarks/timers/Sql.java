package io.gantry.benchmarks.timers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;

/** Stores timers by the hundred thousand. */
record Sql(DataSource database) {
    /** Numbers of timers, and when each is due. */
    static String far(Plan plan) {
        return "(select number, now() + interval '1 day' as at from generate_series(%d, %d) number)"
                .formatted(plan.due(), plan.stored() - 1);
    }

    /** The same of those that come due. */
    static String due(Plan plan, Instant begin) {
        return "(select number, timestamptz '%s' + number * interval '1 second' / %d as at from generate_series(0, %d) number)"
                .formatted(begin, plan.perSecond(), plan.due() - 1);
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
