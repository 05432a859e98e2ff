package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.engine.TwoEngines;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One of two machines with apps killed or cut off, to all instances answering, against a Swarm of two engines. */
final class LostMachine implements Part {
    private static final int REPLICAS = 4;
    private static final double SECONDS_AIMED_AT = 6;
    private static final String LOST = "vm-3";
    private static final List<String> NODES = List.of("vm-2", LOST);

    private final List<Double> killed = new ArrayList<>();
    private final List<Double> cutOff = new ArrayList<>();
    private final List<Double> copiesKilled = new ArrayList<>();
    private final List<Double> copiesCutOff = new ArrayList<>();
    private final List<Double> swarm = new ArrayList<>();
    private final List<Double> swarmCopies = new ArrayList<>();

    @FunctionalInterface
    private interface Fault {
        void strike(Vm vm) throws IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "lost machine";
    }

    @Override
    public List<Row> measure(Fleet fleet, Effort effort, Progress progress) throws Exception {
        ServingApp app = ServingApp.built(fleet.api(), "lost", REPLICAS);
        for (int round = 1; round <= effort.of(2, 1); round++) {
            progress.say("a machine killed, then cut off, round " + round);
            killed.add(take(fleet, app, Vm::kill, copiesKilled, progress));
            cutOff.add(take(fleet, app, Vm::cutOff, copiesCutOff, progress));
            progress.say("a Swarm node cut off, round " + round);
            ofSwarm();
        }
        return rows();
    }

    private double take(Fleet fleet, ServingApp app, Fault fault, List<Double> copies, Progress progress)
            throws Exception {
        fleet.api().endMeltdown();
        app.spread(NODES);
        Vm vm = fleet.machine(LOST);
        if (app.countOn(LOST) == 0) {
            throw new IllegalStateException("No instance is on " + LOST);
        }
        Stopwatch watch = Stopwatch.start();
        fault.strike(vm);
        app.awaitServing();
        double seconds = watch.seconds();
        Map<String, Integer> found = copies(fleet, app);
        progress.say("copies when there were enough again: " + found);
        copies.add((double) found.values().stream().mapToInt(Integer::intValue).sum());
        fleet.awaitSettled();
        app.stop();
        return seconds;
    }

    /** At the moment when there are enough again, as then nobody has been told yet to stop one. */
    private static Map<String, Integer> copies(Fleet fleet, ServingApp app) throws IOException, InterruptedException {
        Map<String, Integer> found = new TreeMap<>();
        for (String node : NODES) {
            try {
                found.put(
                        node, fleet.machine(node).containersOf(app.stage().app().name()));
            } catch (IllegalStateException isOff) {
                found.put(node, 0);
            }
        }
        return found;
    }

    private void ofSwarm() throws Exception {
        try (TwoEngines engines = TwoEngines.start()) {
            engines.serve(REPLICAS);
            Stopwatch watch = Stopwatch.start();
            engines.cutOff();
            engines.awaitOnFirst(REPLICAS);
            swarm.add(watch.seconds());
            swarmCopies.add((double) engines.copies());
        }
    }

    private List<Row> rows() {
        Samples ours = new Samples("Gantry: machine killed to all instances answering", Unit.SECONDS, killed);
        Samples cut = new Samples("Gantry: machine cut off to all instances answering", Unit.SECONDS, cutOff);
        Samples theirs = new Samples("Swarm: node cut off to all tasks running", Unit.SECONDS, swarm);
        return List.of(
                Row.of(ours, Bar.atMost(SECONDS_AIMED_AT, ours)),
                Row.peer(theirs, ours),
                Row.of(cut, Bar.atMost(SECONDS_AIMED_AT, cut)),
                Row.peer(theirs, cut),
                noMore(copies("Gantry: copies of %d, machine killed", copiesKilled)),
                noMore(copies("Gantry: copies of %d, machine cut off", copiesCutOff)),
                Row.of(copies("Swarm: copies of %d, node cut off", swarmCopies)));
    }

    private static Samples copies(String name, List<Double> counts) {
        return new Samples(name.formatted(REPLICAS), Unit.COUNT, counts);
    }

    private static Row noMore(Samples copies) {
        return Row.of(copies, Bar.always(REPLICAS, copies));
    }
}
