package io.gantry.benchmarks;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Lets what is going on end in order, and clean up behind it, when the program is told to end. */
final class Interruptible {
    /** A whole fleet may have to go. */
    private static final Duration TO_CLEAN_UP = Duration.ofMinutes(3);

    private final IntSupplier work;
    private int exitCode = 1;

    private Interruptible(IntSupplier work) {
        this.work = work;
    }

    /** @return what {@code work} returned */
    static int run(IntSupplier work) throws InterruptedException {
        return new Interruptible(work).run();
    }

    private int run() throws InterruptedException {
        Thread worker = Thread.ofPlatform().name("benchmarks").start(() -> exitCode = work.getAsInt());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(worker)));
        worker.join();
        return exitCode;
    }

    private static void end(Thread worker) {
        worker.interrupt();
        try {
            worker.join(TO_CLEAN_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
