package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The platform as a process of this machine. It ends with this one, unless it is to be kept. */
final class LocalPlatform implements AutoCloseable {
    private static final String READY = "Gantry is ready";

    private final Process process;
    private final Terminal terminal;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Thread stopping = Thread.ofPlatform().unstarted(this::stop);

    private LocalPlatform(Process process, Terminal terminal) {
        this.process = process;
        this.terminal = terminal;
    }

    static LocalPlatform start(List<String> command, Terminal terminal) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var platform = new LocalPlatform(process, terminal);
        Runtime.getRuntime().addShutdownHook(platform.stopping);
        Thread.ofVirtual().name("platform-output").start(platform::relay);
        return platform;
    }

    void awaitReady() {
        if (!ready.join()) {
            throw new GaveUpException(ExitCode.FAILED, "The platform did not start", "It said why above.");
        }
    }

    /** @return the exit code, once it ends by itself */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Lets it outlive this process. */
    long keep() {
        Runtime.getRuntime().removeShutdownHook(stopping);
        return process.pid();
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(stopping);
    }

    /** By its handle: the process itself would close its output, and what it says at the end would be lost. */
    private void stop() {
        process.toHandle().destroy();
        process.onExit().join();
    }

    private void relay() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                terminal.say(line);
                if (line.startsWith(READY)) {
                    ready.complete(true);
                }
            }
        } catch (IOException ended) {
            terminal.say("The platform's output broke off: " + ended.getMessage());
        } finally {
            ready.complete(false);
        }
    }
}
