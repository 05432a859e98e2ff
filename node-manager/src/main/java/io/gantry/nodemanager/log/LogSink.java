package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import java.io.IOException;

/** Where a log is shown. An exception says that nobody looks any more. */
interface LogSink {
    void line(LogLine line) throws IOException;

    /** A part of the log is missing. */
    void problem(InstanceId instance, String sentence) throws IOException;
}
