package io.gantry.nodemanager.log;

import java.io.IOException;

/** Where a log is shown as it grows. */
interface LiveSink extends LogSink {
    /** There has been nothing to show for a while. */
    void stillHere() throws IOException;
}
