package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import org.jspecify.annotations.Nullable;

/** What comes out of a log that is being read. */
sealed interface LogItem {
    record Line(LogLine line) implements LogItem {}

    /** @param problem why it ended before its end; null: it did not */
    record End(InstanceId instance, @Nullable String problem) implements LogItem {}
}
