package io.gantry.benchmarks.report;

import io.gantry.benchmarks.measure.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The whole run as text for a terminal: one table, columns aligned over all benchmarks. */
public final class Table {
    private static final String GAP = "  ";

    private Table() {}

    public static String of(Machine machine, List<Outcome> outcomes) {
        List<Integer> widths = widths(outcomes);
        StringBuilder text = new StringBuilder();
        machine.facts().forEach((name, fact) -> text.append("%-9s %s%n".formatted(name, fact)));
        if (!machine.quiet()) {
            text.append("The machine was busy with other things: do not quote these figures.%n".formatted());
        }
        text.append('\n').append(line(Cells.HEADINGS, widths));
        outcomes.forEach(outcome -> text.append('\n').append(section(outcome, widths)));
        return text.toString();
    }

    private static String section(Outcome outcome, List<Integer> widths) {
        String title = "%s: %s%n"
                .formatted(outcome.benchmark().name(), outcome.benchmark().question());
        return title
                + switch (outcome) {
                    case Outcome.Measured measured -> rows(measured, widths);
                    case Outcome.NotMeasured(var _, var reason) -> "  NOT MEASURED: %s%n".formatted(reason);
                };
    }

    private static String rows(Outcome.Measured measured, List<Integer> widths) {
        String rows = measured.figures().rows().stream()
                .map(row -> line(cells(row), widths))
                .collect(Collectors.joining());
        String notes =
                measured.figures().notes().stream().map("  (%s)%n"::formatted).collect(Collectors.joining());
        return rows + notes;
    }

    /** Peers stand a little in. */
    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(Cells.of(row));
        cells.set(0, (row.ours() == null ? "  " : "    ") + cells.getFirst());
        return cells;
    }

    private static List<Integer> widths(List<Outcome> outcomes) {
        List<List<String>> all = new ArrayList<>(List.of(Cells.HEADINGS));
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Measured measured) {
                measured.figures().rows().forEach(row -> all.add(cells(row)));
            }
        }
        return IntStream.range(0, Cells.HEADINGS.size())
                .mapToObj(column -> all.stream()
                        .mapToInt(cells -> cells.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                        .mapToObj(column -> padded(cells.get(column), widths.get(column), column))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing()
                + "\n";
    }

    /** Words to the left, numbers to the right. */
    private static String padded(String cell, int width, int column) {
        String space = " ".repeat(width - cell.length());
        return column == 0 || column >= 7 ? cell + space : space + cell;
    }
}
