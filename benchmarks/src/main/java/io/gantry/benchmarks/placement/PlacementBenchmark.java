package io.gantry.benchmarks.placement;

import io.gantry.loadbalancer.placement.Demand;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The placement core alone, on one thread: decisions a second, the time of one decision, how evenly nodes are filled and
 * whether anything was refused that fits; beside a linear scan over the same fleet in the same run.
 *
 * <p>Arguments, all optional: nodes (10000), containers (1000000).
 */
public final class PlacementBenchmark {
    private static final int SCANNED = 20_000;
    private static final int REFUSED = 1_000;

    private final Trace trace;

    private PlacementBenchmark(Trace trace) {
        this.trace = trace;
    }

    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int containers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        PlacementBenchmark benchmark = new PlacementBenchmark(new Trace(nodes, containers));
        benchmark.warmUp();
        System.out.printf("placement core: %,d nodes, %,d decisions, one thread%n", nodes, containers);
        benchmark.throughput();
        benchmark.latency();
        benchmark.fillUp();
    }

    private void warmUp() {
        Pace.of(new Core(trace), trace.demands());
        Pace.of(new LinearScan(trace), few());
    }

    private void throughput() {
        Core core = new Core(trace);
        Pace decided = Pace.of(core, trace.demands());
        Pace scanned = Pace.of(new LinearScan(trace), few());
        print("decisions a second", "%,.0f", decided.perSecond());
        print("  by a linear scan", "%,.0f", scanned.perSecond());
        print("decisions a second of CPU", "%,.0f", decided.perCpuSecond());
        print("  by a linear scan", "%,.0f", scanned.perCpuSecond());
        print("  ratio", "%,.0f", decided.perCpuSecond() / scanned.perCpuSecond());
        double[] loads = core.loads();
        double mean = mean(loads);
        print("mean load", "%.1f %%", mean * 100);
        print(
                "imbalance, (max - mean) / mean",
                "%.2f %%",
                (Arrays.stream(loads).max().orElse(0) - mean) / mean * 100);
    }

    private void latency() {
        Core core = new Core(trace);
        Histogram nanos = new Histogram(3);
        for (Demand demand : trace.demands()) {
            long start = System.nanoTime();
            core.place(demand);
            nanos.recordValue(System.nanoTime() - start);
        }
        print("one decision, p50", "%.2f us", nanos.getValueAtPercentile(50) / 1e3);
        print("one decision, p99", "%.2f us", nanos.getValueAtPercentile(99) / 1e3);
        print("one decision, p99.9", "%.2f us", nanos.getValueAtPercentile(99.9) / 1e3);
    }

    /** Goes on until many have been refused; the scan, told of all that was reserved, judges each refusal. */
    private void fillUp() {
        Core core = new Core(trace);
        LinearScan judge = new LinearScan(trace);
        int placed = 0;
        int refused = 0;
        int wronglyRefused = 0;
        for (int turn = 0; refused < REFUSED; turn++) {
            Demand demand = trace.demands().get(turn % trace.demands().size());
            var node = core.place(demand);
            if (node != null) {
                placed++;
                judge.reserve(node, demand);
            } else {
                refused++;
                wronglyRefused += judge.choose(demand) == null ? 0 : 1;
            }
        }
        System.out.printf("filled until %,d of %,d were refused%n", refused, placed + refused);
        print("mean load", "%.1f %%", mean(core.loads()) * 100);
        print("refused though a node fits", "%.0f", wronglyRefused);
    }

    private List<Demand> few() {
        return trace.demands().subList(0, Math.min(SCANNED, trace.demands().size()));
    }

    private static double mean(double[] loads) {
        return Arrays.stream(loads).average().orElse(0);
    }

    private static void print(String what, String format, double value) {
        System.out.printf("  %-34s %s%n", what, format.formatted(value));
    }

    /** On a machine that others use too, the time on a CPU says more than the time on the wall. */
    private record Pace(double perSecond, double perCpuSecond) {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        static Pace of(Contender contender, List<Demand> demands) {
            long start = System.nanoTime();
            long cpuStart = THREADS.getCurrentThreadCpuTime();
            demands.forEach(contender::place);
            long cpu = THREADS.getCurrentThreadCpuTime() - cpuStart;
            return new Pace(demands.size() * 1e9 / (System.nanoTime() - start), demands.size() * 1e9 / cpu);
        }
    }
}
