package io.gantry.benchmarks.upload;

import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.measure.Bar;
import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.measure.Figures;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Row;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.measure.Turns;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.processes.Broker;
import io.gantry.benchmarks.processes.Memory;
import io.gantry.benchmarks.processes.Scratch;
import io.gantry.benchmarks.processes.SyncingPostgres;
import io.gantry.storage.BlobStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Taking in zips: received, digested, checked, stored. */
public final class UploadBenchmark implements Benchmark {
    private static final int KILO = 1_000;
    private static final int MEGA = 1_000_000;

    private final LocalEngine engine;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger known = new AtomicInteger();

    public UploadBenchmark(LocalEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public String question() {
        return "A zip, from the first byte sent to the answer: received, digested, checked and stored in blob storage";
    }

    @Override
    public Figures measure(Effort effort, Progress progress) throws Exception {
        Curl curl = new Curl(progress);
        progress.say("starting nginx, Azurite, PostgreSQL, Kafka and the scheduler");
        try (Scratch scratch = Scratch.create("upload");
                Nginx nginx = Nginx.start(scratch.folder(), progress);
                Azurite azurite = Azurite.start(engine.docker());
                EmbeddedPostgres database = SyncingPostgres.start();
                Broker broker = Broker.start(scratch.folder());
                LoneScheduler scheduler = LoneScheduler.start(scratch.folder(), broker, database, azurite)) {
            Sides sides = new Sides(curl, scheduler, nginx, azurite.store("alone"));
            List<Row> rows = new ArrayList<>();
            Path file = scratch.folder().resolve("upload.zip");
            rows.addAll(small("8 KB", BigZip.write(file, 8 * KILO), sides, effort, progress));
            rows.addAll(small("1 MB", BigZip.write(file, MEGA), sides, effort, progress));
            rows.addAll(big(BigZip.write(file, effort.of(512, 64) * (long) MEGA), sides, effort, progress));
            Samples heap = scheduler.heap();
            rows.add(Row.of(heap, Bar.atMost(LoneScheduler.HEAP, heap)));
            rows.add(Row.of(Samples.of(
                    "Gantry: resident memory of the scheduler's JVM",
                    Unit.MEBIBYTES,
                    Memory.resident(scheduler.pid()))));
            return new Figures(
                    rows,
                    List.of(
                            "A zip that it has already is received and digested; it is neither checked nor stored again.",
                            "nginx neither digests nor checks nor syncs, and stores in a file.",
                            "Blob storage alone: the same file put into the same Azurite by the same library, nothing else done."));
        }
    }

    private record Sides(Curl curl, LoneScheduler scheduler, Nginx nginx, BlobStore storage) {}

    private List<Row> small(String size, BigZip zip, Sides sides, Effort effort, Progress progress) throws Exception {
        progress.say(size);
        List<Samples> taken = turns(size, Unit.MILLISECONDS, zip, sides, seconds -> seconds * KILO)
                .warmUp(effort.of(10, 2))
                .take(effort.of(40, 5), progress);
        return List.of(
                Row.of(taken.get(0)),
                Row.of(taken.get(1)),
                Row.peer(taken.get(2), taken.get(0)),
                Row.peer(taken.get(3), taken.get(0)));
    }

    private List<Row> big(BigZip zip, Sides sides, Effort effort, Progress progress) throws Exception {
        double megabytes = (double) zip.size() / MEGA;
        String size = "%.0f MB".formatted(megabytes);
        progress.say(size);
        List<Samples> taken = turns(size, Unit.MEGABYTES_PER_SECOND, zip, sides, seconds -> megabytes / seconds)
                .take(effort.of(6, 2), progress);
        Samples gantry = taken.get(0);
        Samples nginx = taken.get(2);
        return List.of(
                Row.of(gantry),
                Row.of(taken.get(1)),
                Row.peer(nginx, gantry, Bar.ratioAtLeast(0.5, gantry, nginx).aiming("0.80x")),
                Row.peer(taken.get(3), gantry));
    }

    private Turns turns(String size, Unit unit, BigZip zip, Sides sides, Figure figure) {
        return new Turns()
                .with("Gantry: " + size, unit, () -> figure.of(posted(sides, newToGantry(zip))))
                .with(
                        "Gantry: %s that it has already".formatted(size),
                        unit,
                        () -> figure.of(posted(sides, knownToGantry(zip))))
                .with("nginx: " + size, unit, () -> figure.of(put(sides, next(zip))))
                .with("blob storage alone: " + size, unit, () -> figure.of(stored(sides, next(zip))));
    }

    private Path next(BigZip zip) throws IOException {
        return zip.renewed(number.incrementAndGet());
    }

    private Path newToGantry(BigZip zip) throws IOException {
        Path file = next(zip);
        known.set(number.get());
        return file;
    }

    private Path knownToGantry(BigZip zip) throws IOException {
        return zip.renewed(known.get());
    }

    private static double posted(Sides sides, Path file) throws IOException, InterruptedException {
        return sides.curl().post(file, "application/zip", sides.scheduler().versions());
    }

    private double put(Sides sides, Path file) throws IOException, InterruptedException {
        return sides.curl().put(file, sides.nginx().at("upload-%d.zip".formatted(number.get())));
    }

    private double stored(Sides sides, Path file) {
        Stopwatch watch = Stopwatch.start();
        sides.storage().put("upload-%d.zip".formatted(number.get()), file);
        return watch.seconds();
    }

    /** What is shown of the seconds that it took. */
    @FunctionalInterface
    private interface Figure {
        double of(double seconds);
    }
}
