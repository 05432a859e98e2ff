package io.gantry.benchmarks;

import io.gantry.benchmarks.measure.Benchmark;
import io.gantry.benchmarks.measure.Effort;
import io.gantry.benchmarks.report.Machine;
import io.gantry.benchmarks.report.Outcome;
import io.gantry.benchmarks.report.Page;
import io.gantry.benchmarks.report.RawSamples;
import io.gantry.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures what is named, or everything, and prints one table. */
@Command(
        name = "gantry bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures Gantry against its peers, side by side in the same run.",
            "",
            "Prints one table: medians, p95, and how many times the peer's figure Gantry's is. Losses stand there too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was measured", "1:something could not be measured", "2:wrong usage"})
final class Benchmarks implements Callable<Integer> {
    private static final InstantSource CLOCK = InstantSource.system();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "What to measure; everything, if nothing is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "A few samples of each, to see that it works: do not quote them.")
    private boolean quick;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long machines are made to stall (stalls). Default: ${DEFAULT-VALUE}; 60 for the record.")
    private int minutes;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/figures",
            description = "Folder for the table and the raw samples (CSV). Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "A page to put the figures into as well, between its marks: docs/performance.md.")
    private @Nullable Path markdown;

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(Interruptible.run(() -> new CommandLine(new Benchmarks()).execute(arguments)));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        try (Catalogue catalogue = new Catalogue(out, Duration.ofMinutes(minutes), CLOCK)) {
            List<Benchmark> wanted = catalogue.named(names);
            Machine machine = Machine.look(CLOCK.instant(), catalogue.engine());
            Session session = new Session(quick ? Effort.QUICK : Effort.FULL);
            List<Outcome> outcomes = wanted.stream().map(session::run).toList();
            Thread.interrupted(); // what was measured is written all the same, and files can't be written by who is
            // interrupted
            report(machine, outcomes);
            return outcomes.stream().allMatch(Outcome.Measured.class::isInstance) ? 0 : 1;
        }
    }

    private void report(Machine machine, List<Outcome> outcomes) throws IOException {
        String table = Table.of(machine, outcomes);
        System.out.println(table);
        Files.writeString(out.resolve("figures.txt"), table);
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Measured measured) {
                RawSamples.write(out, measured);
            }
        }
        if (markdown != null) {
            Page.write(markdown, machine, outcomes);
        }
    }
}
