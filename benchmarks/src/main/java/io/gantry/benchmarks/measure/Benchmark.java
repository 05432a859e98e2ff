package io.gantry.benchmarks.measure;

import java.time.Duration;

/** One question that is answered by measuring. It leaves nothing behind: no container, no process, no file but its samples. */
public interface Benchmark {
    /** The word on the command line. */
    String name();

    /** The question, one line. */
    String question();

    /** How long it may take before it counts as failed. */
    default Duration patience(Effort effort) {
        return effort.patience();
    }

    /**
     * @throws Missing if the machine lacks something that is needed
     * @throws Exception if it could not be measured; the message says why
     */
    Figures measure(Effort effort, Progress progress) throws Exception;
}
