package io.gantry.benchmarks.measure;

/** One question that is answered by measuring. It leaves nothing behind: no container, no process, no file but its samples. */
public interface Benchmark {
    /** The word on the command line. */
    String name();

    /** The question, one line. */
    String question();

    /**
     * @throws Missing if the machine lacks something that is needed
     * @throws Exception if it could not be measured; the message says why
     */
    Figures measure(Effort effort, Progress progress) throws Exception;
}
