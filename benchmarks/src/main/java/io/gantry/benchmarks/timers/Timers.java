package io.gantry.benchmarks.timers;

import java.sql.SQLException;
import java.time.Instant;

/** Something that does things at their times. */
interface Timers extends AutoCloseable {
    String name();

    /** Those that are due tomorrow; before anything else. */
    void storeFar(Plan plan) throws Exception;

    /** Those that come due, the first of them at {@code begin}. */
    void storeDue(Plan plan, Instant begin) throws SQLException;

    /** Tells of what has fired until now. */
    void tell(Firings firings) throws SQLException;

    @Override
    void close() throws SQLException;
}
