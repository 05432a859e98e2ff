package io.gantry.benchmarks.placement;

import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Turns;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.loadbalancer.placement.Demand;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The placement core alone, on one thread: decisions a second, the time of one decision, how evenly nodes are filled and
 * whether anything was refused that fits; beside a linear scan over the same fleet in the same run.
 */
public final class PlacementBenchmark implements Benchmark {
    private static final int NODES = 10_000;
    private static final int CONTAINERS = 1_000_000;
    private static final int SCANNED = 2_000;
    private static final int REFUSED = 1_000;
    private static final double PER_SECOND_ASKED = 1_000_000;

    @Override
    public String name() {
        return "placement";
    }

    @Override
    public String question() {
        return "Choosing a node among %,d for each of %,d containers, a tenth of them bound to a zone"
                .formatted(NODES, CONTAINERS);
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        Trace trace = new Trace(NODES, effort.of(CONTAINERS, CONTAINERS / 4));
        List<Samples> paces = new Turns()
                .with("Gantry: decisions, one thread", Unit.PER_SECOND, () -> pace(new Core(trace), trace.demands()))
                .with("linear scan: decisions", Unit.PER_SECOND, () -> pace(new LinearScan(trace), few(trace)))
                .warmUp(1)
                .take(effort.of(5, 1), progress);
        Samples gantry = paces.get(0);
        progress.say("one decision at a time");
        Latencies latencies = latencies(trace);
        progress.say("until the fleet is full");
        Samples refused = refusedThoughItFits(trace);
        Samples imbalance = imbalance(trace);
        return new Figures(
                List.of(
                        Row.of(gantry, Bar.atLeast(PER_SECOND_ASKED, gantry)),
                        Row.peer(paces.get(1), gantry),
                        Row.of(latencies),
                        Row.of(imbalance),
                        Row.of(refused, Bar.always(0, refused))),
                List.of());
    }

    private static double pace(Contender contender, List<Demand> demands) {
        Stopwatch watch = Stopwatch.start();
        demands.forEach(contender::place);
        return demands.size() / watch.seconds();
    }

    private static Latencies latencies(Trace trace) {
        Core core = new Core(trace);
        Histogram nanos = Latencies.recorder();
        for (Demand demand : trace.demands()) {
            long began = System.nanoTime();
            core.place(demand);
            nanos.recordValue(System.nanoTime() - began);
        }
        return new Latencies("Gantry: one decision", nanos);
    }

    private static Samples imbalance(Trace trace) {
        Core core = new Core(trace);
        trace.demands().forEach(core::place);
        double[] loads = core.loads();
        double mean = Arrays.stream(loads).average().orElse(0);
        double most = Arrays.stream(loads).max().orElse(0);
        return Samples.of("Gantry: fullest node above the mean", Unit.PERCENT, (most - mean) / mean * 100);
    }

    /** Goes on until many have been refused; the scan, told of all that was reserved, judges each refusal. */
    private static Samples refusedThoughItFits(Trace trace) {
        Core core = new Core(trace);
        LinearScan judge = new LinearScan(trace);
        int refused = 0;
        int wrongly = 0;
        for (int turn = 0; refused < REFUSED; turn++) {
            Demand demand = trace.demands().get(turn % trace.demands().size());
            var node = core.place(demand);
            if (node != null) {
                judge.reserve(node, demand);
            } else {
                refused++;
                wrongly += judge.choose(demand) == null ? 0 : 1;
            }
        }
        return Samples.of("Gantry: refused though a node fits, of 1,000 refused", Unit.COUNT, wrongly);
    }

    private static List<Demand> few(Trace trace) {
        return trace.demands().subList(0, SCANNED);
    }
}
