package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The figures in Markdown, put between two marks of a page that people write. Each benchmark has a section of its own, which
 * says when and on what it was measured: a run of some leaves the others' as they are.
 */
public final class Page {
    private static final String BEGIN = "<!-- figures: written by the benchmarks, do not edit -->\n";
    private static final String END = "<!-- end of figures -->\n";
    private static final Pattern SECTION = Pattern.compile("(?ms)^### (\\S+)\n.*?(?=^### |\\z)");

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
        begin += BEGIN.length();
        String figures = merged(before.substring(begin, end), machine, outcomes);
        Files.writeString(page, before.substring(0, begin) + "\n" + figures + "\n" + before.substring(end));
    }

    /** What could not be measured this time keeps the figures that it has. */
    private static String merged(String there, Machine machine, List<Outcome> outcomes) {
        Map<String, String> sections = sections(there);
        for (Outcome outcome : outcomes) {
            String name = outcome.benchmark().name();
            String section = section(machine, outcome);
            switch (outcome) {
                case Outcome.Measured _ -> sections.put(name, section);
                case Outcome.NotMeasured _ -> sections.putIfAbsent(name, section);
            }
        }
        return String.join("\n", sections.values());
    }

    private static Map<String, String> sections(String figures) {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(figures);
        while (section.find()) {
            sections.put(section.group(1), section.group().strip() + "\n");
        }
        return sections;
    }

    static String section(Machine machine, Outcome outcome) {
        return "### %s%n%n%s.%n%n"
                        .formatted(
                                outcome.benchmark().name(), outcome.benchmark().question())
                + circumstances(machine)
                + switch (outcome) {
                    case Outcome.Measured measured -> table(measured);
                    case Outcome.NotMeasured(var _, var reason) -> "Not measured: %s%n".formatted(reason);
                };
    }

    private static String circumstances(Machine machine) {
        String facts = machine.facts().entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining("; "));
        String busy = machine.quiet() ? "" : " **The machine was busy with other things: do not quote these figures.**";
        return "<sub>%s.</sub>%s%n%n".formatted(facts, busy);
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
