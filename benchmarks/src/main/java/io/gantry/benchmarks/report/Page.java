package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The figures in Markdown, put between two marks of a page that people write. */
public final class Page {
    private static final String BEGIN = "<!-- figures: written by the benchmarks, do not edit -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private Page() {}

    /** @throws IllegalArgumentException if the page has no place for figures */
    public static void write(Path page, Machine machine, List<Outcome> outcomes) throws IOException {
        String before = Files.readString(page);
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "%s has no place for figures: the lines%n%s%s".formatted(page, BEGIN, END));
        }
        String after = before.substring(0, begin + BEGIN.length()) + "\n" + figures(machine, outcomes) + "\n"
                + before.substring(end);
        Files.writeString(page, after);
    }

    static String figures(Machine machine, List<Outcome> outcomes) {
        String facts = machine.facts().entrySet().stream()
                .map(fact -> "| %s | %s |%n".formatted(fact.getKey(), fact.getValue()))
                .collect(Collectors.joining("", "| | |\n|---|---|\n", ""));
        String busy = machine.quiet() ? "" : "\nThe machine was busy with other things: do not quote these figures.\n";
        return facts + busy + outcomes.stream().map(Page::section).collect(Collectors.joining());
    }

    private static String section(Outcome outcome) {
        String title = "%n### %s%n%n%s.%n%n"
                .formatted(outcome.benchmark().name(), outcome.benchmark().question());
        return title
                + switch (outcome) {
                    case Outcome.Measured measured -> table(measured);
                    case Outcome.NotMeasured(var _, var reason) -> "Not measured: %s%n".formatted(reason);
                };
    }

    private static String table(Outcome.Measured measured) {
        String rows = measured.figures().rows().stream().map(Page::line).collect(Collectors.joining());
        String notes =
                measured.figures().notes().stream().map("%n%s%n"::formatted).collect(Collectors.joining());
        return line(Cells.HEADINGS) + "|---|--:|--:|--:|--:|--:|--:|---|---|\n" + rows + notes;
    }

    private static String line(Row row) {
        return line(Cells.of(row));
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
