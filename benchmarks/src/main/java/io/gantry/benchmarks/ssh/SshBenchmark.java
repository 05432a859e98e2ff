package io.gantry.benchmarks.ssh;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.LocalEngine;
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
import io.gantry.benchmarks.processes.Command;
import io.gantry.benchmarks.processes.Scratch;
import io.gantry.remote.Engines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** How much longer a call takes through SSH. */
public final class SshBenchmark implements Benchmark {
    private static final int CALLS_A_TURN = 100;
    private static final int WARM_UP_TURNS = 20;
    private static final double MILLIS_ALLOWED = 1;

    private final LocalEngine local;

    public SshBenchmark(LocalEngine local) {
        this.local = local;
    }

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public String question() {
        return "A call to the Docker Engine over SSH, against the same call on the local socket";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        try (Scratch scratch = Scratch.create("ssh");
                Sshd sshd = Sshd.start(scratch.folder(), progress);
                Engines engines = new Engines(sshd.userKey())) {
            DockerClient far = engines.of(sshd.uri(), sshd.hostKey()).docker();
            List<Row> rows = new ArrayList<>();
            progress.say("_ping");
            rows.addAll(compared("_ping", far, docker -> docker.pingCmd().exec(), effort));
            progress.say("containers/json");
            rows.addAll(compared(
                    "containers/json", far, docker -> docker.listContainersCmd().exec(), effort));
            progress.say("docker -H ssh://");
            rows.addAll(commandLine(far, sshd, effort, progress));
            return new Figures(rows, List.of());
        }
    }

    private List<Row> compared(String call, DockerClient far, Consumer<DockerClient> work, Effort effort) {
        DockerClient near = local.docker();
        Histogram farNanos = Latencies.recorder();
        Histogram nearNanos = Latencies.recorder();
        for (int turn = 0; turn < effort.of(WARM_UP_TURNS, 1); turn++) {
            repeat(far, work, Latencies.recorder());
            repeat(near, work, Latencies.recorder());
        }
        for (int turn = 0; turn < effort.of(20, 2); turn++) {
            repeat(far, work, farNanos);
            repeat(near, work, nearNanos);
            repeat(near, work, nearNanos);
            repeat(far, work, farNanos);
        }
        var ours = new Latencies("Gantry over SSH: " + call, farNanos);
        var peer = new Latencies("local socket: " + call, nearNanos);
        return List.of(Row.of(ours), Row.peer(peer, ours, Bar.p99AtMostAbove(MILLIS_ALLOWED, ours, peer)));
    }

    private static void repeat(DockerClient docker, Consumer<DockerClient> work, Histogram nanos) {
        for (int call = 0; call < CALLS_A_TURN; call++) {
            long began = System.nanoTime();
            work.accept(docker);
            nanos.recordValue(System.nanoTime() - began);
        }
    }

    private static List<Row> commandLine(DockerClient far, Sshd sshd, Effort effort, Progress progress)
            throws Exception {
        Map<String, String> path = Map.of("PATH", sshd.client() + ":" + System.getenv("PATH"));
        List<Samples> both = new Turns()
                .with(
                        "Gantry over SSH: version",
                        Unit.MILLISECONDS,
                        () -> timed(() -> far.versionCmd().exec()))
                .with(
                        "docker -H ssh://... version",
                        Unit.MILLISECONDS,
                        () -> timed(() -> Command.run(
                                path, List.of("docker", "-H", sshd.uri().toString(), "version"))))
                .warmUp(1)
                .take(effort.of(20, 3), progress);
        return List.of(Row.of(both.get(0)), Row.peer(both.get(1), both.get(0)));
    }

    private static double timed(Work work) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        work.run();
        return watch.millis();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
