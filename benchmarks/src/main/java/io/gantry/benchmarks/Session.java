package io.gantry.benchmarks;

import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.report.Outcome;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs benchmarks one after the other; what fails, or takes too long, does not keep the others from being measured. Interrupted, it
 * begins no other.
 */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final Effort effort;
    private final Stopwatch watch = Stopwatch.start();

    Session(Effort effort) {
        this.effort = effort;
    }

    Outcome run(Benchmark benchmark) {
        if (Thread.currentThread().isInterrupted()) {
            return failed(benchmark, "not begun: told to end");
        }
        Stopwatch own = Stopwatch.start();
        say(benchmark, benchmark.question());
        Limit limit = Limit.of(benchmark.patience(effort));
        try (limit) {
            Figures figures = benchmark.measure(effort, line -> say(benchmark, line));
            return new Outcome.Measured(benchmark, figures, own.seconds());
        } catch (Missing missing) {
            return failed(benchmark, missing.sentence());
        } catch (InterruptedException _) {
            if (!limit.reached()) {
                Thread.currentThread().interrupt();
            }
            return failed(benchmark, "interrupted after %.0f s".formatted(own.seconds()));
        } catch (Exception failure) {
            log.error("{} failed", benchmark.name(), failure);
            return failed(benchmark, failure.toString());
        }
    }

    private Outcome failed(Benchmark benchmark, String reason) {
        say(benchmark, reason);
        return new Outcome.NotMeasured(benchmark, reason);
    }

    private void say(Benchmark benchmark, String line) {
        System.err.printf(Locale.ROOT, "%4.0f s  %-9s  %s%n", watch.seconds(), benchmark.name(), line);
    }

    /** Interrupts the thread that made it, unless it is closed in time. */
    private static final class Limit implements AutoCloseable {
        private final Thread worker = Thread.currentThread();
        private final Thread timer;
        private volatile boolean reached;

        private Limit(Duration patience) {
            timer = Thread.ofVirtual().start(() -> interruptAfter(patience));
        }

        static Limit of(Duration patience) {
            return new Limit(patience);
        }

        private void interruptAfter(Duration patience) {
            try {
                if (!worker.join(patience)) {
                    reached = true;
                    worker.interrupt();
                }
            } catch (InterruptedException inTime) {
                // Closed: nothing to end.
            }
        }

        /** Else whoever interrupted wants all to end. */
        boolean reached() {
            return reached;
        }

        @Override
        public void close() {
            timer.interrupt();
        }
    }
}
