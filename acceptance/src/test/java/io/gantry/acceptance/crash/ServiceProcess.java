package io.gantry.acceptance.crash;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One process of a platform service. Whenever it ends, it is started again at once, as the engine of its machine would. */
final class ServiceProcess {
    private static final int SECONDS_TO_END = 20;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path output;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable Process process;
    private volatile boolean ends;

    ServiceProcess(String name, List<String> command, Map<String, String> environment, Path folder) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.output = folder.resolve(name + ".out");
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (ends) {
            return;
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(output.toFile()));
            builder.environment().putAll(environment);
            Process begun = builder.start();
            process = begun;
            starts.incrementAndGet();
            begun.onExit().thenRun(this::start);
        } catch (IOException failed) {
            throw new IllegalStateException("Can't start " + name, failed);
        }
    }

    int starts() {
        return starts.get();
    }

    boolean is(long pid) {
        Process running = process;
        return running != null && running.pid() == pid;
    }

    /** As {@code kill -9}. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    /** It stands still, and its connections with it. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            new ProcessBuilder("kill", signal, Long.toString(running.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** For good. */
    void end() throws InterruptedException {
        synchronized (this) {
            ends = true;
        }
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        }
    }
}
